package io.spillway.testbed.replay;

import java.util.LinkedHashMap;
import java.util.Map;

/// A report as JSON for scripts: everything but the single requests.
final class ReportJson {
    private ReportJson() {}

    static Map<String, Object> of(ReplayReport report) {
        var plan = report.plan();
        var offered = new LinkedHashMap<String, Object>();
        offered.put("trace", plan.trace());
        offered.put("requests", plan.requests().size());
        offered.put("seconds", plan.seconds());
        offered.put("scale", plan.scale());
        offered.put("servers", plan.servers());
        offered.put("engines", plan.engines());
        offered.put("privateCapacity", plan.capacity());
        offered.put("load", plan.load());
        var json = new LinkedHashMap<String, Object>();
        json.put("passed", report.passed());
        json.put("violations", report.violations());
        json.put("offered", offered);
        json.put("sensitiveAtPublic", report.sensitiveAtPublic());
        json.put("spilled", report.spilled());
        json.put("failures", report.failures());
        json.put("undecided", report.undecided());
        json.put("rows", report.rows());
        return json;
    }
}

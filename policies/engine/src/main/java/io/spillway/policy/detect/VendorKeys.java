package io.spillway.policy.detect;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vendors whose keys have no text of their own: they are known by the vendor's name beside them.
/// One row for each: the vendor, the names to look for, the form of the key.
final class VendorKeys {
    /// No key is longer.
    static final int LONGEST = 200;

    private static final String TABLE =
            """
            Algolia | algolia | [hex 32]
            Alibaba Cloud | aliyun alibaba oss | [word 30]
            Amazon | aws amazon s3_secret | [base64 40]
            Amplitude | amplitude | [hex 32]
            Asana | asana | [hex 32]
            AssemblyAI | assemblyai | [hex 32]
            Auth0 | auth0 | [url 40-80]
            Azure DevOps | azure devops vsts | [lower 52]
            Bitbucket | bitbucket | [url 32-64]
            Bittrex | bittrex | [lower 32]
            Codecov | codecov | [lower 32]
            Cohere | cohere | [word 40]
            Coinbase | coinbase | [url 64]
            Confluent | confluent | [base64 64]
            Datadog | datadog dd_api dd_app | [hex 32-40]
            Deepgram | deepgram | [hex 40]
            Discord | discord | [hex 64]
            Drone CI | droneci drone | [lower 32]
            Dropbox | dropbox | [lower 15]
            Etsy | etsy | [lower 24]
            Facebook | facebook | [hex 32]
            Fastly | fastly | [url 32]
            Finnhub | finnhub | [lower 20]
            Firebase | firebase fcm | [url 40-200]
            Flickr | flickr | [lower 32]
            Freshdesk | freshdesk | [word 20]
            Hetzner | hetzner hcloud | [word 64]
            Heroku | heroku | [uuid 36]
            HubSpot | hubspot | [uuid 36]
            IBM Cloud | ibm bluemix watson | [url 44]
            Jenkins | jenkins | [hex 32-34]
            Kraken | kraken | [base64 80-90]
            KuCoin | kucoin | [hex 24-36]
            Linode | linode | [hex 64]
            LogDNA | logdna mezmo | [hex 32]
            Looker | looker | [lower 20-24]
            Mailchimp | mailchimp | [hex 32]
            Mailjet | mailjet | [hex 32]
            Mapbox | mapbox | [url. 60-120]
            Mattermost | mattermost | [lower 26]
            Meraki | meraki | [hex 40]
            MessageBird | messagebird | [word 25]
            Mistral | mistral | [word 32]
            Mixpanel | mixpanel | [hex 32]
            Netlify | netlify | [url 40-46]
            New Relic | newrelic new_relic new-relic | [hex 40]
            NGINX ngrok | ngrok | [url 45-60]
            Okta | okta | [url 42]
            Opsgenie | opsgenie | [uuid 36]
            PagerDuty | pagerduty pager_duty | [url 20]
            Plaid | plaid | [lower 24-30]
            Postmark | postmark | [uuid 36]
            Railway | railway | [uuid 36]
            RapidAPI | rapidapi x-rapidapi | [word 50]
            Rollbar | rollbar | [hex 32]
            Scaleway | scaleway scw_ | [uuid 36]
            SendBird | sendbird | [hex 40]
            Shodan | shodan | [word 32]
            Snyk | snyk | [uuid 36]
            SparkPost | sparkpost | [hex 40]
            Splunk | splunk hec | [uuid 36]
            Spotify | spotify | [hex 32]
            Squarespace | squarespace | [uuid 36]
            Sumo Logic | sumo | [word 64]
            Travis CI | travis | [word 22]
            Trello | trello | [hex 32]
            Twilio | twilio | [hex 32]
            Twitch | twitch | [lower 30]
            Twitter | twitter | [word 25-50]
            Vercel | vercel zeit | [word 24]
            VirusTotal | virustotal | [hex 64]
            Vultr | vultr | [upper 36]
            Weights & Biases | wandb | [hex 40]
            Zendesk | zendesk | [word 40]
            Zhipu AI | zhipu glm | [hex 32]
            """;

    /// A form and whose it is.
    record Row(String vendor, List<String> names, String notation) {}

    private static final Words NAMES =
            new Words(rows().stream().flatMap(it -> it.names().stream()).toArray(String[]::new));
    private static final List<Key> KEYS =
            rows().stream()
                    .map(it ->
                            new Key(
                                    it.vendor(),
                                    new Words(it.names().toArray(String[]::new)),
                                    TokenShape.of(it.notation())))
                    .toList();

    private record Key(String vendor, Words names, TokenShape shape) {}

    private VendorKeys() {}

    static List<Row> rows() {
        return TABLE.lines()
                .map(line -> line.split(" \\| "))
                .map(it -> new Row(it[0].strip(), Arrays.asList(it[1].split(" ")), it[2].strip()))
                .toList();
    }

    /// The vendor whose keys have the form of the value and who is named before it, on the same
    /// line; null when there is none.
    static @Nullable String vendor(byte[] b, int from, int start, int end) {
        int line = start;
        while (line > from && b[line - 1] != '\n') {
            line--;
        }
        if (!NAMES.within(b, line, start)) {
            return null;
        }
        for (var key : KEYS) {
            if (isNamed(key.names(), b, line, start) && key.shape().end(b, start, end) == end) {
                return key.vendor();
            }
        }
        return null;
    }

    /// Where a part of a name begins: there is no Meraki in a camera kit.
    private static boolean isNamed(Words names, byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean begins =
                    i == from
                            || !Bytes.is(b[i - 1], Bytes.LETTER)
                            || (Bytes.is(b[i], Bytes.UPPER) && Bytes.is(b[i - 1], Bytes.LOWER));
            if (begins && names.isAt(b, i, to)) {
                return true;
            }
        }
        return false;
    }
}

package io.spillway.router.admission;

import static io.spillway.router.admission.Site.CLOUD;
import static io.spillway.router.admission.Site.HOME;
import static io.spillway.router.admission.Site.MILLI;
import static io.spillway.router.admission.Site.SECOND;
import static io.spillway.router.admission.Site.serve;
import static io.spillway.router.admission.Site.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import io.spillway.router.balancing.AttemptOutcome;
import io.spillway.router.balancing.AttemptOutcome.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final long LATER = 1000 * SECOND;

    private final List<Wake> wakes = new ArrayList<>();
    private long now = SECOND;

    @Test
    void spillableWorkLeavesTheHeadroomOfAPrivatePoolToWorkThatCannotLeave() {
        var dispatcher = dispatcher(5);
        for (int i = 0; i < 4; i++) {
            admitted(dispatcher.admit(work("a", true, 100, LATER), serve(HOME, CLOUD), now));
        }

        var fifthSpillable =
                admitted(dispatcher.admit(work("a", true, 100, LATER), serve(HOME, CLOUD), now));
        var sensitive = admitted(dispatcher.admit(work("b", false, 100, LATER), serve(HOME), now));

        assertThat(fifthSpillable.pool()).isEqualTo(CLOUD);
        assertThat(sensitive.pool()).isEqualTo(HOME);
    }

    @Test
    void aFreedSlotIsHeldForTheOneWhoWaitsAndNobodyOvertakes() {
        var dispatcher = dispatcher(1);
        var running = admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var ticket = waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));

        dispatcher.release(running, AttemptOutcome.ok(1, 1), now);
        var newcomer = dispatcher.admit(work("b", false, 1, LATER), serve(HOME), now);

        assertThat(wakes).containsExactly(new Wake.Redecide(ticket));
        assertThat(newcomer).isInstanceOf(Admission.Waiting.class);
        assertThat(dispatcher.facts(ticket, now).get(HOME).freeSlots()).isEqualTo(1);
        assertThat(dispatcher.facts(work("c", false, 1, LATER), now).get(HOME).freeSlots())
                .isZero();
        assertThat(admitted(dispatcher.admit(ticket, serve(HOME), now)).pool()).isEqualTo(HOME);
    }

    @Test
    void aHeldSlotThatIsNotWantedGoesToTheNext() {
        var dispatcher = dispatcher(1);
        var running = admitted(dispatcher.admit(work("a", true, 1, LATER), onlyHome(), now));
        var first = waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var second = waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        dispatcher.release(running, AttemptOutcome.ok(1, 1), now);

        dispatcher.cancel(first, now);

        assertThat(wakes).containsExactly(new Wake.Redecide(first), new Wake.Redecide(second));
        assertThat(dispatcher.cancel(first, now)).isFalse();
        assertThat(dispatcher.admit(first, serve(HOME), now)).isEqualTo(new Admission.Ended());
    }

    @Test
    void aHeldSlotLapsesWhenItsRouterDoesNotAnswer() {
        var dispatcher = dispatcher(1);
        var running = admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var second = waiting(dispatcher.admit(work("b", false, 1, LATER), serve(HOME), now));
        dispatcher.release(running, AttemptOutcome.ok(1, 1), now);

        dispatcher.tick(now + 3 * SECOND);

        assertThat(wakes).contains(new Wake.Redecide(second));
    }

    @Test
    void waitingEndsAtTheDeadline() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var ticket = waiting(dispatcher.admit(work("a", false, 1, now + SECOND), serve(HOME), now));

        dispatcher.tick(now + SECOND);

        assertThat(wakes).containsExactly(new Wake.Expired(ticket));
        assertThat(load(dispatcher, HOME).queued()).isZero();
    }

    @Test
    void workPastItsDeadlineIsNotStarted() {
        var dispatcher = dispatcher(1);

        var admission = dispatcher.admit(work("a", false, 1, now), serve(HOME), now);

        assertThat(refused(admission).reason()).isEqualTo(Admission.Reason.DEADLINE);
    }

    @Test
    void aFullQueueRefusesTheNewestAndSaysWhenToComeBack() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        fillQueue(dispatcher, "a", false);

        var admission = dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now);

        assertThat(refused(admission).reason()).isEqualTo(Admission.Reason.QUEUE_FULL);
        assertThat(refused(admission).retryAfterMillis()).isBetween(1000L, 60_000L);
    }

    @Test
    void moreUrgentWorkTakesThePlaceOfTheNewestOfTheLowestBand() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var tickets = fillQueue(dispatcher, "a", false);
        var urgent = Site.withPriority(work("a", false, 1, LATER), 9);

        waiting(dispatcher.admit(urgent, serve(HOME), now));

        assertThat(wakes).hasSize(1);
        assertThat(wakes.getFirst()).isInstanceOf(Wake.Shed.class);
        assertThat(wakes.getFirst().ticket()).isEqualTo(tickets.getLast());
    }

    @Test
    void aTenantThatFillsTheQueueDoesNotKeepOthersOut() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        fillQueue(dispatcher, "a", false);

        var other = dispatcher.admit(work("b", false, 1, LATER), serve(HOME), now);

        assertThat(other).isInstanceOf(Admission.Waiting.class);
    }

    @Test
    void workThatCouldSpillMakesRoomForWorkThatCannot() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var tickets = fillQueue(dispatcher, "a", true);

        waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));

        assertThat(wakes.getFirst().ticket()).isEqualTo(tickets.getLast());
    }

    @Test
    void theQueueIsBoundedByTokensToo() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        waiting(dispatcher.admit(work("a", false, 15_000, LATER), serve(HOME), now));

        var admission = dispatcher.admit(work("a", false, 15_000, LATER), serve(HOME), now);

        assertThat(refused(admission).reason()).isEqualTo(Admission.Reason.QUEUE_FULL);
    }

    @Test
    void aHigherBandGoesFirstButALowOneDoesNotStarve() {
        var dispatcher = dispatcher(1);
        var slot = admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));
        var low =
                waiting(
                        dispatcher.admit(
                                Site.withPriority(work("a", false, 1, LATER), 0),
                                serve(HOME),
                                now));
        int others = 0;
        while (true) {
            var high = Site.withPriority(work("b", false, 1, LATER), 9);
            waiting(dispatcher.admit(high, serve(HOME), now));
            now += SECOND;
            wakes.clear();
            dispatcher.release(slot, AttemptOutcome.ok(1, 1), now);
            var next = wakes.getFirst().ticket();
            if (next.equals(low)) {
                break;
            }
            others++;
            slot = admitted(dispatcher.admit(next, serve(HOME), now));
        }

        assertThat(others).isBetween(5, 60);
    }

    @Test
    void theSharesOfTwoBusyTenantsDifferByNoMoreThanTheLargestSingleCharge() {
        var dispatcher = dispatcher(2);
        long[] served = new long[2];
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < 2; i++) {
            slots.add(admitted(dispatcher.admit(work("c", false, 1, LATER), serve(HOME), now)));
        }
        // Tenant a sends large requests and many of them, b small ones.
        for (int i = 0; i < 3; i++) {
            waiting(dispatcher.admit(work("a", false, 2000, LATER), serve(HOME), now));
            waiting(dispatcher.admit(work("b", false, 300, LATER), serve(HOME), now));
        }
        long largest = 2000 + 2 * 100;
        for (int i = 0; i < 2000; i++) {
            now += 10 * MILLI;
            wakes.clear();
            dispatcher.release(slots.removeFirst(), AttemptOutcome.of(Kind.OK), now);
            var ticket = wakes.getFirst().ticket();
            slots.add(admitted(dispatcher.admit(ticket, serve(HOME), now)));
            var work = ticket.work();
            served[work.tenant().equals("a") ? 0 : 1] += work.promptTokens() + 2 * 100;
            waiting(
                    dispatcher.admit(
                            work(work.tenant(), false, work.promptTokens(), LATER),
                            serve(HOME),
                            now));
            assertThat(Math.abs(served[0] - served[1])).isLessThanOrEqualTo(2 * largest);
        }
        assertThat(served[0]).isGreaterThan(500_000);
    }

    @Test
    void aDrainingEndpointGetsNoNewWorkAndItsRequestsEndNormally() {
        var dispatcher = dispatcher(5);
        var slot = admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));

        dispatcher.apply(
                Site.of(Site.endpoint(HOME, "h1", "vllm", EndpointState.DRAINING), Site.cloud(1)),
                now);
        var next = dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now);

        assertThat(next).isInstanceOf(Admission.Waiting.class);
        assertThat(dispatcher.facts(work("a", false, 1, LATER), now).get(HOME).readyEndpoints())
                .isZero();
        assertThat(dispatcher.release(slot, AttemptOutcome.ok(1, 1), now)).isTrue();
    }

    @Test
    void waitingWorkStartsAsSoonAsAnEndpointAppears() {
        var dispatcher = dispatcher(5);
        dispatcher.apply(Site.of(), now);
        var ticket = waiting(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));

        dispatcher.apply(Site.of(Site.home(7)), now);

        assertThat(wakes).containsExactly(new Wake.Redecide(ticket));
        assertThat(admitted(dispatcher.admit(ticket, serve(HOME), now)).endpoint().id())
                .isEqualTo("h7");
    }

    @Test
    void shedMeansShedAndNothingWaits() {
        var dispatcher = dispatcher(1);
        admitted(dispatcher.admit(work("a", false, 1, LATER), serve(HOME), now));

        var full = dispatcher.admit(work("a", false, 1, LATER), serve(WhenFull.SHED, HOME), now);
        var shed = dispatcher.admit(work("a", false, 1, LATER), new Decision.Shed(Site.WHY), now);

        assertThat(refused(full).reason()).isEqualTo(Admission.Reason.FULL);
        assertThat(refused(shed).reason()).isEqualTo(Admission.Reason.FULL);
        assertThat(load(dispatcher, HOME).queued()).isZero();
    }

    @Test
    void aRetryAvoidsTheEndpointThatFailed() {
        var dispatcher = dispatcher(5, Site.home(1), Site.home(2));
        var work = work("a", false, 1, LATER);
        var slot = admitted(dispatcher.admit(work, serve(HOME), now));
        dispatcher.release(slot, AttemptOutcome.of(Kind.FAILED), now);

        var second = admitted(dispatcher.admit(work.retry(slot.endpoint().id()), serve(HOME), now));

        assertThat(second.endpoint().id()).isNotEqualTo(slot.endpoint().id());
    }

    @Test
    void retriesInFlightStayWithinTheirBudget() {
        var dispatcher = dispatcher(50);
        int granted = 0;
        for (int i = 0; i < 10; i++) {
            var retry = work("a", false, 1, LATER).retry("elsewhere");
            granted +=
                    dispatcher.admit(retry, serve(HOME), now) instanceof Admission.Admitted ? 1 : 0;
        }

        assertThat(granted).isEqualTo(3);
    }

    @Test
    void unmetWishesAreReportedOncePerPeriodEvenWithoutAnEndpoint() {
        var dispatcher = dispatcher(1, Site.home(1));
        var work = work("a", true, 1, LATER);
        admitted(dispatcher.admit(work("b", false, 1, LATER), serve(HOME), now));

        var ticket = waiting(dispatcher.admit(work, serve(HOME), List.of(CLOUD), now));
        waiting(dispatcher.admit(ticket, serve(HOME), List.of(CLOUD), now));

        assertThat(load(dispatcher, CLOUD).wantedSpill()).isEqualTo(1);
        assertThat(load(dispatcher, CLOUD).wantedSpill()).isZero();
    }

    @Test
    void waitingWorkThatMaySpillIsAskedToDecideAgain() {
        var dispatcher = dispatcher(1, Site.home(1));
        admitted(dispatcher.admit(work("b", false, 1, LATER), serve(HOME), now));
        var ticket = waiting(dispatcher.admit(work("a", true, 1, LATER), onlyHome(), now));

        dispatcher.tick(now + 600 * MILLI);

        assertThat(wakes).containsExactly(new Wake.Redecide(ticket));
    }

    @Test
    void aReadingOlderThanThreeSecondsIsUnknownAndNotIdle() {
        var dispatcher = dispatcher(5);
        var work = work("a", true, 100, LATER);
        assertThat(predicted(dispatcher, work)).isEmpty();

        dispatcher.report("h1", reading(0, 0), now);
        assertThat(predicted(dispatcher, work)).isPresent();

        now += 3 * SECOND + 1;
        assertThat(predicted(dispatcher, work)).isEmpty();
    }

    @Test
    void anEndpointWithoutMetricsIsJudgedByItsOwnAnswersAndLeftAloneWhenItAsks() {
        var cloud = Site.endpoint(CLOUD, "c1", "openai", EndpointState.READY);
        var dispatcher = dispatcher(5, cloud);
        var work = work("a", true, 100, LATER);
        assertThat(dispatcher.facts(work, now).get(CLOUD).predictedTtftMillis()).isPresent();
        var slot = admitted(dispatcher.admit(work, serve(CLOUD), now));

        dispatcher.release(slot, AttemptOutcome.overloaded(OptionalLong.of(7000)), now);

        assertThat(dispatcher.facts(work, now + 6 * SECOND).get(CLOUD).freeSlots()).isZero();
        assertThat(dispatcher.facts(work, now + 8 * SECOND).get(CLOUD).freeSlots()).isPositive();
    }

    @Test
    void anEndpointThatDoesNotAnswerItsProbesIsOutUntilItDoes() {
        var dispatcher = dispatcher(5);
        var work = work("a", false, 100, LATER);
        for (int i = 0; i < 3; i++) {
            dispatcher.probeFailed("h1", now);
        }
        assertThat(dispatcher.facts(work, now).get(HOME).readyEndpoints()).isZero();

        dispatcher.report("h1", reading(0, 0), now);

        assertThat(dispatcher.facts(work, now).get(HOME).readyEndpoints()).isEqualTo(1);
    }

    private OptionalLong predicted(Dispatcher dispatcher, Work work) {
        return dispatcher.facts(work, now).get(HOME).predictedTtftMillis();
    }

    private static LoadReport reading(int running, int waiting) {
        return new LoadReport(running, waiting, OptionalDouble.of(0.1), false, Instant.EPOCH);
    }

    private Dispatcher dispatcher(int slots) {
        return dispatcher(slots, Site.home(1), Site.cloud(1));
    }

    private Dispatcher dispatcher(int slots, io.spillway.api.environment.Endpoint... endpoints) {
        var settings =
                AdmissionSettings.defaults("router-1")
                        .withSlots(new AdmissionSettings.Slots(slots, 1, slots))
                        .withQueue(new AdmissionSettings.Queue(6, 6, 0, 4096))
                        .withoutMetrics(java.util.Set.of("openai"));
        var dispatcher = new Dispatcher(settings, 1, wakes::add);
        dispatcher.apply(Site.of(endpoints), now);
        return dispatcher;
    }

    private static Decision onlyHome() {
        return serve(HOME);
    }

    private List<Ticket> fillQueue(Dispatcher dispatcher, String tenant, boolean spillable) {
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 6; i++) {
            tickets.add(
                    waiting(dispatcher.admit(work(tenant, spillable, 1, LATER), serve(HOME), now)));
        }
        return tickets;
    }

    private PoolLoad load(Dispatcher dispatcher, PoolKey pool) {
        return dispatcher.poolLoads(Instant.EPOCH, now).stream()
                .filter(it -> it.pool().equals(pool))
                .findFirst()
                .orElseThrow();
    }

    private static Slot admitted(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted) admission).slot();
    }

    private static Ticket waiting(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Waiting.class);
        return ((Admission.Waiting) admission).ticket();
    }

    private static Admission.Refused refused(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return (Admission.Refused) admission;
    }
}

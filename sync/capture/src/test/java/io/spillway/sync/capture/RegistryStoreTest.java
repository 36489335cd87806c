package io.spillway.sync.capture;

import static io.spillway.sync.capture.Objects.environment;
import static io.spillway.sync.capture.Objects.put;
import static io.spillway.sync.capture.Objects.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryStoreTest {
    private Database database;
    private RegistryStore store;

    @BeforeEach
    void createDatabase() throws Exception {
        database = Database.create();
        store = new RegistryStore(database.source(), "control-1");
    }

    @Test
    void oneChangeIsOneRowWithTheObjectsAndTheNextNumber() throws Exception {
        var made = store.change(_ -> put(environment("onprem", DataClass.RESTRICTED), tenant("a")));

        assertThat(made.orElseThrow().seq()).isEqualTo(1);
        assertThat(store.head()).isEqualTo(new Watermark("control-1", 1, 1));
        assertThat(store.<List<RegistryObject>>read(Registry::all))
                .containsExactly(environment("onprem", DataClass.RESTRICTED), tenant("a"));
        assertThat(rows()).singleElement().extracting(OutboxRow::changeSet).isEqualTo(made.get());
    }

    @Test
    void anEditThatThrowsOrReturnsNothingLeavesNoTrace() throws Exception {
        assertThatThrownBy(() ->
                        store.change(_ -> {
                            throw new IllegalStateException("refused");
                        }))
                .hasMessage("refused");
        assertThat(store.change(_ -> List.of())).isEmpty();

        assertThat(store.head().seq()).isZero();
        assertThat(rows()).isEmpty();
    }

    @Test
    void anEditSeesTheRegistryAsItIsAndAsItWouldBe() throws Exception {
        store.change(_ -> put(tenant("a"), tenant("b")));

        store.change(before -> {
            var changes =
                    List.of(
                            ChangeSet.Change.delete(RegistryObject.Kind.TENANT, "a"),
                            ChangeSet.Change.put(tenant("c")));
            assertThat(before.find(RegistryObject.Kind.TENANT, "a")).contains(tenant("a"));
            assertThat(before.after(changes)).containsExactly(tenant("b"), tenant("c"));
            return changes;
        });

        assertThat(store.<List<Tenant>>read(it -> it.all(Tenant.class)))
                .containsExactly(tenant("b"), tenant("c"));
    }

    @Test
    void changesMadeAtOnceGetGaplessNumbersInTheOrderOfTheirCommits() throws Exception {
        var tasks =
                IntStream.range(0, 100)
                        .<Callable<Object>>mapToObj(it ->
                                () -> {
                                    try {
                                        return store.change(_ -> {
                                            if (it % 5 == 0) {
                                                throw new IllegalStateException();
                                            }
                                            return put(tenant("t" + it % 7));
                                        });
                                    } catch (IllegalStateException _) {
                                        return "rolled back";
                                    }
                                })
                        .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var future : threads.invokeAll(tasks)) {
                future.get();
            }
        }

        assertThat(rows().stream().map(OutboxRow::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
        assertThat(database.number("select count(*) from registry_object where kind = 'tenant'"))
                .isEqualTo(7);
    }

    @Test
    void theClassIsTheHighestOfWhatAChangeHoldsOrDeletes() throws Exception {
        var secret = store.change(_ -> put(tenant("a", DataClass.CONFIDENTIAL), tenant("b")));
        var open = store.change(_ -> put(tenant("c")));
        var deletion =
                store.change(
                        _ -> List.of(ChangeSet.Change.delete(RegistryObject.Kind.TENANT, "a")));

        assertThat(List.of(secret, open, deletion))
                .extracting(it -> it.orElseThrow().dataClass())
                .containsExactly(
                        DataClass.CONFIDENTIAL, DataClass.INTERNAL, DataClass.CONFIDENTIAL);
    }

    @Test
    void theSameObjectTwiceInOneChangeIsRefused() {
        assertThatThrownBy(() -> store.change(_ -> put(tenant("a"), tenant("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void theOutboxIsAppendOnlyButForRetention() throws Exception {
        for (var i = 0; i < 5; i++) {
            store.change(_ -> put(tenant("a")));
        }

        for (var attack :
                List.of(
                        "update outbox set payload = 'x'",
                        "delete from outbox",
                        "truncate outbox")) {
            assertThatThrownBy(() -> database.execute(attack))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(store.prune(2)).isEqualTo(3);
        assertThat(rows().stream().map(OutboxRow::seq)).containsExactly(4L, 5L);
    }

    @Test
    void aNewEpochBeginsAtZero() throws Exception {
        store.change(_ -> put(tenant("a")));

        assertThat(store.beginEpoch()).isEqualTo(new Watermark("control-1", 2, 0));
        assertThat(store.change(_ -> put(tenant("b"))).orElseThrow())
                .satisfies(it -> assertThat(it.epoch()).isEqualTo(2))
                .satisfies(it -> assertThat(it.seq()).isEqualTo(1));
    }

    private List<OutboxRow> rows() throws SQLException {
        try (var connection = database.source().getConnection()) {
            return new Outbox("control-1").after(connection, 1, 0, 1000);
        }
    }
}

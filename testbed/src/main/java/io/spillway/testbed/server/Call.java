package io.spillway.testbed.server;

import io.vertx.core.http.HttpServerRequest;

/// One HTTP request from arrival to the end of its answer or of its connection.
final class Call {
    final HttpServerRequest http;
    private Runnable whenGone = () -> {};
    private boolean over;

    /// @param whenOver run once, however it ends
    Call(HttpServerRequest http, Runnable whenOver) {
        this.http = http;
        http.response().endHandler(_ -> end(whenOver));
        http.response()
                .closeHandler(_ -> {
                    whenGone.run();
                    end(whenOver);
                });
    }

    /// What to do when the client leaves before it has its answer.
    void whenGone(Runnable action) {
        whenGone = action;
    }

    private void end(Runnable whenOver) {
        if (!over) {
            over = true;
            whenOver.run();
        }
    }
}

package io.spillway.router.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Guards one connection of the data listener: strict framing and absolute deadlines.
///
/// It stands before the HTTP decoder, sees every received byte and changes none. A deadline counts
/// from a request's first byte, whatever trickles in meanwhile, so a slow client cannot hold a
/// connection by sending a byte now and then. All calls come on the connection's event loop.
final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private static final long RATE_WINDOW_MILLIS = 5_000;

    private final ListenerSettings settings;
    private final StrictFraming framing;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
    private StrictFraming.State timed = StrictFraming.State.IDLE;
    private int timedHead = -1;
    private long bodyAtLastCheck;
    private long bodyStartNanos;
    private int unanswered;
    private boolean closed;

    private ConnectionGate(ListenerSettings settings) {
        this.settings = settings;
        this.framing = new StrictFraming(settings.maxHeadBytes());
    }

    /// Puts a gate before the decoder of a new connection.
    static ConnectionGate guard(HttpConnection connection, ListenerSettings settings) {
        var gate = new ConnectionGate(settings);
        var pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
        pipeline.addBefore("httpDecoder", "connectionGate", gate);
        return gate;
    }

    /// The answer to one request was written.
    void answered() {
        unanswered--;
        if (unanswered == 0 && !closed && framing.state() == StrictFraming.State.IDLE) {
            schedule(StrictFraming.State.IDLE, settings.idleTimeout().toMillis(), this::idle);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        // The first head's time runs from the connection's start: a connection that stays silent
        // is as slow as one that trickles.
        schedule(StrictFraming.State.HEAD, settings.headDeadline().toMillis(), this::headLate);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        closed = true;
        cancel();
        super.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (closed || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        int before = framing.heads();
        var problem = framing.follow(bytes);
        unanswered += framing.heads() - before;
        if (problem != null) {
            bytes.release();
            refuse(problem);
            return;
        }
        watch();
        super.channelRead(ctx, message);
    }

    /// Keeps the timer that fits what the connection is waiting for. A request that came in one
    /// piece never starts one.
    private void watch() {
        var state = framing.state();
        if (state == StrictFraming.State.IDLE) {
            cancel();
        } else if (timed != state || timedHead != framing.heads() || timer == null) {
            timedHead = framing.heads();
            if (state == StrictFraming.State.HEAD) {
                boolean first = framing.heads() == 0 && timer != null;
                if (!first) {
                    schedule(state, settings.headDeadline().toMillis(), this::headLate);
                }
            } else {
                bodyAtLastCheck = 0;
                bodyStartNanos = System.nanoTime();
                schedule(state, checkMillis(), this::bodyCheck);
            }
        }
    }

    private long checkMillis() {
        return Math.min(RATE_WINDOW_MILLIS, settings.bodyDeadline().toMillis());
    }

    private void bodyCheck() {
        long seen = framing.bodyBytes();
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - bodyStartNanos);
        long wanted = settings.bodyBytesPerSecond() * RATE_WINDOW_MILLIS / 1000;
        boolean slow = elapsed >= RATE_WINDOW_MILLIS && seen - bodyAtLastCheck < wanted;
        if (slow || elapsed >= settings.bodyDeadline().toMillis()) {
            refuse(new WireProblem(408, "The request body came too slowly."));
            return;
        }
        bodyAtLastCheck = seen;
        long left = settings.bodyDeadline().toMillis() - elapsed;
        schedule(
                StrictFraming.State.BODY,
                Math.max(1, Math.min(RATE_WINDOW_MILLIS, left)),
                this::bodyCheck);
    }

    private void headLate() {
        refuse(new WireProblem(408, "The request head did not arrive in time."));
    }

    private void idle() {
        closed = true;
        if (context != null) {
            var _ = context.close();
        }
    }

    private void schedule(StrictFraming.State state, long millis, Runnable task) {
        cancel();
        timed = state;
        if (context != null) {
            timer = context.executor().schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /// Answers when no other answer can be under way, then closes.
    private void refuse(WireProblem problem) {
        closed = true;
        cancel();
        var ctx = context;
        if (ctx == null) {
            return;
        }
        // In a body the request itself is the one unanswered; in a head none may be.
        int expected = framing.state() == StrictFraming.State.BODY ? 1 : 0;
        if (unanswered != expected) {
            var _ = ctx.close();
            return;
        }
        var body = ApiError.refused(problem.status(), problem.message()).json();
        var head =
                "HTTP/1.1 %d %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
                        .formatted(problem.status(), reason(problem.status()), body.length);
        var _ =
                ctx.writeAndFlush(
                                Unpooled.wrappedBuffer(
                                        head.getBytes(StandardCharsets.ISO_8859_1), body))
                        .addListener(ChannelFutureListener.CLOSE);
    }

    private static String reason(int status) {
        return switch (status) {
            case 408 -> "Request Timeout";
            case 431 -> "Request Header Fields Too Large";
            case 505 -> "HTTP Version Not Supported";
            default -> "Bad Request";
        };
    }
}

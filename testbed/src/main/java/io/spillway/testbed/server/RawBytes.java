package io.spillway.testbed.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Shows each connection's bytes to a canary scanner before anything interprets them, so that bytes
/// hidden in odd framing or a request that is refused count as received too.
final class RawBytes extends ChannelInboundHandlerAdapter {
    private final Canaries.Scanner scanner;

    RawBytes(Canaries.Scanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            bytes.forEachByte(b -> {
                scanner.next(b);
                return true;
            });
        }
        context.fireChannelRead(message);
    }
}

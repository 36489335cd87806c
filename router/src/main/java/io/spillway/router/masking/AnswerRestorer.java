package io.spillway.router.masking;

import io.spillway.api.connector.ResponseObserver.Event;
import io.spillway.policy.mask.Placeholders;
import io.spillway.policy.mask.Restorer;
import io.spillway.router.forwarding.AnswerEdit;
import io.spillway.router.masking.AnswerStrings.Choice;
import io.spillway.router.masking.AnswerStrings.Item;
import io.spillway.router.masking.Splice.Cut;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts masked values back into an answer, whole or as a stream.
///
/// Each text of each choice is followed by itself: content, refusal, reasoning, the arguments of
/// each tool call. Of a stream only what may become a placeholder is held back; what is still held
/// when a choice ends, or goes on with another text, comes in an event of its own before that.
/// Events and bodies in which nothing changes pass byte for byte. Log probabilities keep the tokens
/// that the model wrote, pieces of placeholders among them.
public final class AnswerRestorer implements AnswerEdit {
    private final Placeholders placeholders;
    private final Map<Channel, Restorer> channels = new LinkedHashMap<>();
    private Map<String, String> head = Map.of();

    private record Channel(int choice, List<String> path) {}

    public AnswerRestorer(Placeholders placeholders) {
        this.placeholders = placeholders;
    }

    @Override
    public byte[] body(byte[] body) {
        AnswerStrings strings;
        try {
            strings = AnswerStrings.of(body);
        } catch (IOException noJson) {
            return body;
        }
        var cuts = new ArrayList<Cut>();
        for (var choice : strings.choices()) {
            for (var item : choice.items()) {
                var restorer = new Restorer(placeholders, item.isJson());
                cut(item, restorer.feed(item.text()) + restorer.flush(), cuts);
            }
        }
        return cuts.isEmpty() ? body : Splice.apply(body, cuts);
    }

    @Override
    public void event(byte[] buffer, int from, int contentTo, int to, Event kind, Buffer out) {
        if (kind == Event.DONE) {
            flush(channels.keySet(), Set.of(), out);
        }
        var data = EventLines.of(buffer, from, contentTo);
        if (kind == Event.DONE || data == null) {
            out.appendBytes(buffer, from, to - from);
            return;
        }
        AnswerStrings strings;
        try {
            strings = AnswerStrings.of(data.json());
        } catch (IOException noJson) {
            out.appendBytes(buffer, from, to - from);
            return;
        }
        if (!strings.head().isEmpty()) {
            head = strings.head();
        }
        var cuts = new ArrayList<Cut>();
        for (var choice : strings.choices()) {
            choice(choice, cuts, out);
        }
        if (cuts.isEmpty()) {
            out.appendBytes(buffer, from, to - from);
        } else {
            data.with(Splice.apply(data.json(), cuts), out);
        }
    }

    private void choice(Choice choice, List<Cut> cuts, Buffer out) {
        var fed = new HashSet<Channel>();
        for (var item : choice.items()) {
            if (!item.text().isEmpty()) {
                fed.add(new Channel(choice.index(), item.path()));
            }
        }
        if (choice.finished() || !fed.isEmpty()) {
            var others =
                    channels.keySet().stream().filter(it -> it.choice() == choice.index()).toList();
            flush(others, fed, out);
        }
        for (var item : choice.items()) {
            var channel = new Channel(choice.index(), item.path());
            var restorer =
                    channels.computeIfAbsent(
                            channel, _ -> new Restorer(placeholders, item.isJson()));
            var text = restorer.feed(item.text());
            cut(item, choice.finished() ? text + restorer.flush() : text, cuts);
        }
    }

    private static void cut(Item item, String text, List<Cut> cuts) {
        if (!text.equals(item.text())) {
            cuts.add(new Cut(item.from(), item.to(), text));
            cuts.sort(Comparator.comparingInt(Cut::from));
        }
    }

    /// Sends what is held back for texts that do not go on now.
    private void flush(Iterable<Channel> from, Set<Channel> goingOn, Buffer out) {
        for (var channel : from) {
            var restorer = channels.get(channel);
            if (restorer != null && restorer.holds() && !goingOn.contains(channel)) {
                out.appendString("data: ")
                        .appendString(event(channel, restorer.flush()))
                        .appendString("\n\n");
            }
        }
    }

    /// An event that adds to one text and says nothing else.
    private String event(Channel channel, String text) {
        var json = new StringBuilder("{");
        head.forEach((name, value) ->
                json.append('"').append(name).append("\":").append(value).append(','));
        json.append("\"choices\":[{\"index\":").append(channel.choice()).append(',');
        var ends = new ArrayList<String>();
        for (int i = 0; i < channel.path().size(); i++) {
            var name = channel.path().get(i);
            boolean last = i == channel.path().size() - 1;
            if (name.startsWith("#")) {
                continue;
            }
            json.append(Splice.quoted(name)).append(':');
            if (last) {
                json.append(Splice.quoted(text));
            } else if (channel.path().get(i + 1).startsWith("#")) {
                json.append("[{\"index\":")
                        .append(channel.path().get(i + 1).substring(1))
                        .append(',');
                ends.add("}]");
            } else {
                json.append('{');
                ends.add("}");
            }
        }
        ends.reversed().forEach(json::append);
        return json.append(",\"finish_reason\":null}]}").toString();
    }
}

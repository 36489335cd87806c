package io.spillway.router;

import java.util.ArrayList;
import java.util.List;

/// Texts of answers in the form that model servers send.
public final class SseText {
    public static final String ANSWER =
            """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}\
            """;

    private SseText() {}

    /// A content event.
    public static String content(String text) {
        return "data:"
                   + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    public static String usage(int prompt, int completion) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"up\",\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n"
                .formatted(prompt, completion, prompt + completion);
    }

    public static String done() {
        return "data: [DONE]\n\n";
    }

    public static List<String> hello() {
        var events = new ArrayList<String>();
        events.add(content("Hel"));
        events.add(content("lo"));
        events.add(usage(5, 2));
        events.add(done());
        return events;
    }
}

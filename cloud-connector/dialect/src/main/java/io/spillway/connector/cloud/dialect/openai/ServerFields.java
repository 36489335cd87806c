package io.spillway.connector.cloud.dialect.openai;

import io.spillway.api.request.Operation;
import java.util.Set;

/// Body fields that vLLM and its relatives know and hosted providers refuse.
final class ServerFields {

    /// Besides being unknown, `kv_transfer_params` names internal hosts, and `cache_salt` and
    /// `request_id` are values of the private side: they must not leave.
    private static final Set<String> EVERYWHERE =
            Set.of(
                    "activation",
                    "add_generation_prompt",
                    "add_special_tokens",
                    "allowed_token_ids",
                    "bad_words",
                    "cache_salt",
                    "chat_template",
                    "chat_template_kwargs",
                    "continue_final_message",
                    "documents",
                    "embed_dtype",
                    "endianness",
                    "ignore_eos",
                    "include_reasoning",
                    "include_stop_str_in_output",
                    "kv_transfer_params",
                    "length_penalty",
                    "logits_processors",
                    "media_io_kwargs",
                    "min_p",
                    "min_tokens",
                    "mm_processor_kwargs",
                    "normalize",
                    "priority",
                    "prompt_embeds",
                    "prompt_logprobs",
                    "repetition_penalty",
                    "request_id",
                    "return_token_ids",
                    "return_tokens_as_token_ids",
                    "skip_special_tokens",
                    "softmax",
                    "spaces_between_special_tokens",
                    "stop_token_ids",
                    "structured_outputs",
                    "thinking_token_budget",
                    "top_k",
                    "truncate_prompt_tokens",
                    "truncation_side",
                    "use_activation",
                    "use_beam_search",
                    "vllm_xargs");

    /// Part of the older completions API and of no other.
    private static final Set<String> COMPLETIONS_ONLY = Set.of("best_of", "echo");

    private ServerFields() {}

    static boolean unknownToProviders(Operation operation, String field) {
        return EVERYWHERE.contains(field)
                || field.startsWith("guided_")
                || (operation != Operation.COMPLETIONS && COMPLETIONS_ONLY.contains(field));
    }
}

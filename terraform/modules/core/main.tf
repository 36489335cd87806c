locals {
  # vLLM uses nine tenths of a GPU's memory; about 2 GiB of that go to activations and graphs.
  usable_gib  = 0.9 * var.gpu_memory_gib - 2
  weights_gib = var.parameters_billion * 1e9 * var.bytes_per_parameter / pow(2, 30)

  # A server whose cache is smaller than a fifth of its memory spends its time evicting.
  needed_gib      = local.weights_gib / 0.8
  spans           = [for gpus in [1, 2, 4, 8] : gpus if gpus <= var.gpus_per_machine && gpus * local.usable_gib >= local.needed_gib]
  tensor_parallel = length(local.spans) == 0 ? 0 : local.spans[0]
  engines         = local.tensor_parallel == 0 ? 0 : floor(var.gpus_per_machine / local.tensor_parallel)

  affordable = var.hourly_price == 0 ? var.maximum : floor(var.hourly_budget / var.hourly_price)
  cap        = min(var.maximum, local.affordable)

  tags = merge(var.tags, {
    spillway-fleet       = var.name
    spillway-environment = var.environment
    spillway-model       = var.model
  })

  arguments = concat(
    ["--model", var.model_source],
    ["--served-model-name", var.model],
    ["--tensor-parallel-size", tostring(max(1, local.tensor_parallel))],
    ["--data-parallel-size", tostring(max(1, local.engines))],
    ["--max-model-len", tostring(var.max_model_len)],
    ["--enable-prompt-tokens-details"],
    var.extra_arguments,
  )

  start_script = templatefile("${path.module}/templates/start-server.sh.tftpl", {
    image         = var.image
    port          = var.port
    token_command = var.token_command
    arguments     = join(" ", [for word in local.arguments : "'${replace(word, "'", "'\\''")}'"])
  })

  # Encoded, not templated: no value can break out of its place in the document.
  cloud_init = join("\n", [
    "#cloud-config",
    yamlencode({
      write_files = [
        {
          path        = "/usr/local/sbin/spillway-server"
          permissions = "0755"
          content     = local.start_script
        },
        {
          path        = "/etc/systemd/system/spillway-server.service"
          permissions = "0644"
          content     = file("${path.module}/templates/spillway-server.service")
        },
      ]
      runcmd = [
        ["systemctl", "daemon-reload"],
        ["systemctl", "enable", "--now", "spillway-server.service"],
      ]
    }),
  ])
}

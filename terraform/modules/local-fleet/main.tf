locals {
  servers = {
    for number in range(1, var.desired + 1) : tostring(number) => {
      id   = "${var.name}-${number}"
      port = var.first_port + number - 1
    }
  }

  run_dir = abspath(var.run_dir)

  command = concat(
    var.server_command,
    ["--model", var.model],
    ["--environment", var.environment],
    ["--engines", tostring(var.engines)],
    ["--boot-seconds", tostring(var.boot_seconds)],
    var.canary_dir == null ? [] : ["--canary-dir", var.canary_dir],
    var.process_file == null ? [] : ["--process-file", var.process_file],
    var.extra_options,
  )

  # One line of shell in which each word is quoted, so that blanks in paths stay where they are.
  quoted_command = join(" ", [for word in local.command : "'${replace(word, "'", "'\\''")}'"])
}

# The identity of each server: made once, kept for its life.
resource "terraform_data" "nonce" {
  for_each = local.servers
  input    = uuid()

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "server" {
  for_each = local.servers

  input = {
    id      = each.value.id
    port    = each.value.port
    nonce   = terraform_data.nonce[each.key].output
    run_dir = local.run_dir
  }

  triggers_replace = [
    each.value,
    terraform_data.nonce[each.key].output,
    local.run_dir,
    local.quoted_command,
  ]

  # The command is one argument of the interpreter, so its path may hold blanks.
  provisioner "local-exec" {
    interpreter = ["/bin/bash"]
    command     = "${path.module}/scripts/start.sh"
    environment = {
      ID            = each.value.id
      PORT          = each.value.port
      NONCE         = terraform_data.nonce[each.key].output
      RUN_DIR       = local.run_dir
      COMMAND       = local.quoted_command
      WAIT_FOR_BOOT = var.wait_for_boot
      SECONDS_LEFT  = ceil(var.start_seconds + (var.wait_for_boot ? var.boot_seconds : 0))
      PROCESS_FILE  = var.process_file == null ? "" : var.process_file
    }
  }

  # Inline, because what runs on destroy may refer to nothing but the server itself.
  provisioner "local-exec" {
    when        = destroy
    interpreter = ["/bin/bash", "-c"]
    command     = <<-EOT
      set -u
      file="$RUN_DIR/$ID.pid"
      [ -f "$file" ] || exit 0
      read -r pid started < "$file"
      # Field 22 of the stat file, counted from behind the name, which may hold blanks.
      alive() {
        stat=$(cat "/proc/$pid/stat" 2>/dev/null) || return 1
        set -- $${stat##*) }
        [ "$1" != Z ] && [ "$${20}" = "$started" ]
      }
      if alive; then
        kill -TERM -- "-$pid"
        for _ in $(seq 100); do alive || break; sleep 0.1; done
        alive && kill -KILL -- "-$pid"
      fi
      rm -f "$file"
    EOT
    environment = {
      ID      = self.output.id
      RUN_DIR = self.output.run_dir
    }
  }
}

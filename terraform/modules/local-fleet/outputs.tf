output "machines" {
  description = "The servers that this fleet runs, oldest first. A dead one is replaced with -replace=ADDRESS."
  value = [
    for number in range(1, var.desired + 1) : {
      id       = local.servers[tostring(number)].id
      url      = "http://127.0.0.1:${local.servers[tostring(number)].port}"
      nonce    = terraform_data.server[tostring(number)].output.nonce
      pid_file = "${local.run_dir}/${local.servers[tostring(number)].id}.pid"
      address  = "terraform_data.server[\"${number}\"]"
    }
  ]
}

output "maximum" {
  description = "The cap."
  value       = var.maximum
}

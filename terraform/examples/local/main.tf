# Two servers on this machine: needs java (17 or newer), bash and nothing else.
#
#   terraform init && terraform apply
#   curl http://127.0.0.1:21001/version
#   terraform destroy

terraform {
  required_version = ">= 1.9.0"
}

variable "desired" {
  description = "How many servers run."
  type        = number
  default     = 2
}

variable "first_port" {
  description = "Port of the first server."
  type        = number
  default     = 21001
}

module "fleet" {
  source = "../../modules/local-fleet"

  name           = "example"
  environment    = "local"
  model          = "small-chat"
  desired        = var.desired
  first_port     = var.first_port
  run_dir        = "${path.root}/run"
  server_command = ["java", abspath("${path.root}/Server.java")]
}

output "machines" {
  description = "The servers."
  value       = module.fleet.machines
}

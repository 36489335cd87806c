output "sizing" {
  description = "How the model lies on a machine: GPUs that one engine spans, engines of a machine, GiB of weights."
  value = {
    tensor_parallel = local.tensor_parallel
    engines         = local.engines
    weights_gib     = local.weights_gib
  }

  precondition {
    condition     = local.tensor_parallel > 0
    error_message = "The model's ${ceil(local.weights_gib)} GiB of weights and room for a cache do not fit into ${var.gpus_per_machine} GPU(s) of ${var.gpu_memory_gib} GiB; take a larger machine, or fewer bytes per parameter."
  }
}

output "cap" {
  description = "The most machines, by maximum and by budget."
  value       = local.cap
}

output "desired" {
  description = "How many machines run."
  value       = var.desired

  precondition {
    condition     = var.desired <= local.cap
    error_message = "desired is ${var.desired}, but the fleet may have ${local.cap} machines at most (maximum ${var.maximum}, budget for ${local.affordable})."
  }
}

output "resource_name" {
  description = "Name of the fleet's cloud resources."
  value       = "spillway-${var.name}"
}

output "tags" {
  description = "Tags of the fleet's cloud resources."
  value       = local.tags
}

output "port" {
  description = "Port that the model server listens on."
  value       = var.port
}

output "router_cidrs" {
  description = "The ranges that may reach the servers, checked."
  value       = var.router_cidrs
}

output "cloud_init" {
  description = "First-boot configuration of a machine, as text."
  value       = local.cloud_init
}

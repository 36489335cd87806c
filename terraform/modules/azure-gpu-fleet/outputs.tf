output "scale_set_id" {
  description = "Resource id of the scale set, by which the fleet is scaled and its machines are found."
  value       = azurerm_linux_virtual_machine_scale_set.this.id
}

output "identity_principal_id" {
  description = "Principal of the machines, for granting them the weights' storage."
  value       = azurerm_user_assigned_identity.this.principal_id
}

output "network_security_group_id" {
  description = "Network security group of the machines."
  value       = azurerm_network_security_group.this.id
}

output "port" {
  description = "Port that the model servers listen on."
  value       = module.core.port
}

output "cap" {
  description = "The most machines, by maximum and by budget."
  value       = module.core.cap
}

output "sizing" {
  description = "GPUs that one engine spans, engines of a machine, GiB of weights."
  value       = module.core.sizing
}

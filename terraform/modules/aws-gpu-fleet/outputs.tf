output "autoscaling_group" {
  description = "Name of the Auto Scaling group, by which the fleet is scaled and its machines are found."
  value       = aws_autoscaling_group.this.name
}

output "launch_template" {
  description = "Id and newest version of the launch template."
  value = {
    id      = aws_launch_template.this.id
    version = aws_launch_template.this.latest_version
  }
}

output "security_group_id" {
  description = "Security group of the machines."
  value       = aws_security_group.this.id
}

output "role_arn" {
  description = "Role of the machines, for granting them the weights' bucket."
  value       = aws_iam_role.this.arn
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

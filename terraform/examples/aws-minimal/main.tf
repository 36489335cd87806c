# One to two spot machines with a 24 GiB GPU for a model of 8 billion parameters.
#
#   terraform init
#   terraform apply -var desired=1

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60.0, < 6.0.0"
    }
  }
}

provider "aws" {
  region = var.region
}

module "fleet" {
  source = "../../modules/aws-gpu-fleet"

  name        = var.name
  environment = var.environment
  model       = var.model
  desired     = var.desired
  maximum     = var.maximum

  serving = {
    model_source       = "Qwen/Qwen3-8B"
    parameters_billion = 8.2
    image              = "vllm/vllm-openai:v0.11.0"
  }

  hourly_price         = 1.3
  hourly_budget        = 3
  vpc_id               = var.vpc_id
  subnet_ids           = var.subnet_ids
  router_cidrs         = var.router_cidrs
  image_id             = var.image_id
  instance_types       = ["g6.xlarge", "g5.xlarge", "g6.2xlarge"]
  on_demand_percentage = 0
  token_parameter_arn  = var.token_parameter_arn
}

output "autoscaling_group" {
  description = "Name of the Auto Scaling group."
  value       = module.fleet.autoscaling_group
}

output "cap" {
  description = "The most machines, by maximum and by budget."
  value       = module.fleet.cap
}

# One to two machines with an 80 GiB GPU for a model of 8 billion parameters.
#
#   terraform init
#   terraform apply -var desired=1

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 4.0.0, < 5.0.0"
    }
  }
}

provider "azurerm" {
  subscription_id = var.subscription_id
  features {}
}

module "fleet" {
  source = "../../modules/azure-gpu-fleet"

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

  hourly_price         = 4
  hourly_budget        = 8
  resource_group_name  = var.resource_group_name
  location             = var.location
  subnet_id            = var.subnet_id
  router_cidrs         = var.router_cidrs
  source_image_id      = var.source_image_id
  sku                  = "Standard_NC24ads_A100_v4"
  admin_ssh_public_key = var.admin_ssh_public_key
  key_vault_id         = var.key_vault_id
  token_secret_name    = "spillway-burst"
}

output "scale_set_id" {
  description = "Resource id of the scale set."
  value       = module.fleet.scale_set_id
}

output "cap" {
  description = "The most machines, by maximum and by budget."
  value       = module.fleet.cap
}

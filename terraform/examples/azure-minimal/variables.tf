# What Spillway's control plane sets when a fleet names this directory as its module.

variable "name" {
  description = "Name of the fleet."
  type        = string
  default     = "burst"
}

variable "environment" {
  description = "Environment the fleet grows in."
  type        = string
  default     = "azure-burst"
}

variable "model" {
  description = "Name that the servers serve the model by."
  type        = string
  default     = "small-chat"
}

variable "desired" {
  description = "How many machines run."
  type        = number
  default     = 0
}

variable "maximum" {
  description = "The most machines that may ever run."
  type        = number
  default     = 2
}

# What is yours to set, in terraform.tfvars or as settings var.NAME of the fleet.

variable "subscription_id" {
  description = "Azure subscription."
  type        = string
}

variable "resource_group_name" {
  description = "Resource group of the fleet."
  type        = string
}

variable "location" {
  description = "Azure region."
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the machines."
  type        = string
}

variable "router_cidrs" {
  description = "Address ranges of the routers."
  type        = list(string)
}

variable "source_image_id" {
  description = "Machine image with GPU driver, container toolkit and Docker."
  type        = string
}

variable "admin_ssh_public_key" {
  description = "SSH key of the administrator."
  type        = string
}

variable "key_vault_id" {
  description = "Key Vault that holds the servers' bearer token."
  type        = string
}

# What Spillway's control plane sets when a fleet names this directory as its module.

variable "name" {
  description = "Name of the fleet."
  type        = string
  default     = "burst"
}

variable "environment" {
  description = "Environment the fleet grows in."
  type        = string
  default     = "aws-burst"
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

variable "region" {
  description = "AWS region."
  type        = string
}

variable "vpc_id" {
  description = "Network of the machines."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the machines."
  type        = list(string)
}

variable "router_cidrs" {
  description = "Address ranges of the routers."
  type        = list(string)
}

variable "image_id" {
  description = "Machine image, such as the Deep Learning Base AMI."
  type        = string
}

variable "token_parameter_arn" {
  description = "SSM parameter that holds the servers' bearer token."
  type        = string
}

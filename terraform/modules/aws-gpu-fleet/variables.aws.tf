variable "vpc_id" {
  description = "Network of the machines."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must look like vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Private subnets of the machines, with a way out to the container registry and the weights."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) > 0 && alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "subnet_ids must hold at least one id such as subnet-0123456789abcdef0."
  }
}

variable "image_id" {
  description = "Machine image with NVIDIA driver, container toolkit, Docker, the AWS CLI and cloud-init, such as the Deep Learning Base AMI."
  type        = string

  validation {
    condition     = can(regex("^ami-[0-9a-f]+$", var.image_id))
    error_message = "image_id must look like ami-0123456789abcdef0."
  }
}

variable "instance_types" {
  description = "Instance types, best first. Several make spot capacity likelier; the model is sized for the smallest."
  type        = list(string)

  validation {
    condition     = length(var.instance_types) > 0 && alltrue([for type in var.instance_types : contains(keys(local.gpus), type)])
    error_message = "instance_types must hold at least one of: ${join(", ", keys(local.gpus))}."
  }
}

variable "on_demand_base" {
  description = "Machines that are always on demand; those above follow on_demand_percentage."
  type        = number
  default     = 0

  validation {
    condition     = var.on_demand_base >= 0 && var.on_demand_base == floor(var.on_demand_base)
    error_message = "on_demand_base must be a whole number from 0."
  }
}

variable "on_demand_percentage" {
  description = "Share of the machines above on_demand_base that are on demand; the others are spot."
  type        = number
  default     = 100

  validation {
    condition     = var.on_demand_percentage >= 0 && var.on_demand_percentage <= 100
    error_message = "on_demand_percentage must lie in 0 to 100."
  }
}

variable "token_parameter_arn" {
  description = "ARN of the SSM parameter (SecureString) that holds the servers' bearer token."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+$", var.token_parameter_arn))
    error_message = "token_parameter_arn must look like arn:aws:ssm:REGION:ACCOUNT:parameter/NAME."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the disks and the token; null for the account's default keys."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must look like arn:aws:kms:REGION:ACCOUNT:key/ID, or be null."
  }
}

variable "egress_cidrs" {
  description = "Where the machines may connect to over HTTPS: container registry, weights, AWS endpoints."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = alltrue([for range in var.egress_cidrs : can(cidrhost(range, 0))])
    error_message = "egress_cidrs must hold ranges such as 10.0.0.0/16."
  }
}

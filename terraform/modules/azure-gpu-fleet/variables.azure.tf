variable "resource_group_name" {
  description = "Resource group of the fleet."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_().-]{1,90}$", var.resource_group_name))
    error_message = "resource_group_name must be 1 to 90 letters, digits, '_', '-', '.', '(' or ')'."
  }
}

variable "location" {
  description = "Azure region, such as westeurope."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]+$", var.location))
    error_message = "location must be a region's short name, such as westeurope."
  }
}

variable "subnet_id" {
  description = "Subnet of the machines, with a way out to the container registry and the weights."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/.+/subnets/[^/]+$", var.subnet_id))
    error_message = "subnet_id must be the whole resource id of a subnet."
  }
}

variable "source_image_id" {
  description = "Machine image with NVIDIA driver, container toolkit, Docker, curl, jq and cloud-init."
  type        = string

  validation {
    condition     = can(regex("^/(subscriptions|communityGalleries|sharedGalleries)/.+$", var.source_image_id))
    error_message = "source_image_id must be the whole resource id of an image or image version."
  }
}

variable "sku" {
  description = "Size of the machines."
  type        = string

  validation {
    condition     = contains(keys(local.gpus), var.sku)
    error_message = "sku must be one of: ${join(", ", keys(local.gpus))}."
  }
}

variable "spot" {
  description = "Whether the machines are spot: cheaper, and evicted when Azure needs them."
  type        = bool
  default     = false
}

variable "zones" {
  description = "Availability zones to spread over; empty for none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)])
    error_message = "zones must hold \"1\", \"2\" or \"3\"."
  }
}

variable "admin_ssh_public_key" {
  description = "SSH key of the administrator; there is no password and no public address."
  type        = string

  validation {
    condition     = can(regex("^ssh-(rsa|ed25519) [A-Za-z0-9+/=]+", var.admin_ssh_public_key))
    error_message = "admin_ssh_public_key must be an ssh-rsa or ssh-ed25519 public key."
  }
}

variable "key_vault_id" {
  description = "Resource id of the Key Vault (with role-based access) that holds the servers' bearer token."
  type        = string

  validation {
    condition     = can(regex("^/subscriptions/.+/providers/Microsoft.KeyVault/vaults/[^/]+$", var.key_vault_id))
    error_message = "key_vault_id must be the whole resource id of a Key Vault."
  }
}

variable "token_secret_name" {
  description = "Name of the secret in that vault."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-Za-z-]{1,127}$", var.token_secret_name))
    error_message = "token_secret_name must be 1 to 127 letters, digits or '-'."
  }
}

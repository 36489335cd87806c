variable "name" {
  description = "Name of the fleet: up to 40 lower-case letters, digits or '-'."
  type        = string
}

variable "environment" {
  description = "Environment the fleet grows in, as Spillway knows it."
  type        = string
}

variable "model" {
  description = "Name that the servers serve the model by."
  type        = string
}

variable "desired" {
  description = "How many machines run."
  type        = number
}

variable "maximum" {
  description = "The most machines that may ever run."
  type        = number
}

variable "serving" {
  description = "What a machine runs: where the weights are, how large they are, the longest context, the container image of vLLM and further arguments."
  type = object({
    model_source        = string
    parameters_billion  = number
    bytes_per_parameter = optional(number, 2)
    max_model_len       = optional(number, 8192)
    image               = string
    port                = optional(number, 8000)
    extra_arguments     = optional(list(string), [])
  })
}

variable "hourly_price" {
  description = "Highest price of one machine and hour, in the currency of the budget."
  type        = number

  validation {
    condition     = var.hourly_price > 0
    error_message = "hourly_price must be above 0: a price of nothing would switch the budget off."
  }
}

variable "hourly_budget" {
  description = "The most that the whole fleet may cost an hour. It caps the fleet below maximum."
  type        = number
}

variable "router_cidrs" {
  description = "Address ranges of the routers: nobody else may reach the servers."
  type        = list(string)
}

variable "root_volume_gib" {
  description = "Size of a machine's disk: system, container image and weights."
  type        = number
  default     = 200

  validation {
    condition     = var.root_volume_gib >= 50 && var.root_volume_gib == floor(var.root_volume_gib)
    error_message = "root_volume_gib must be a whole number from 50."
  }
}

variable "tags" {
  description = "Tags of everything that the fleet is made of."
  type        = map(string)
  default     = {}
}

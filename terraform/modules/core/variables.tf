variable "name" {
  description = "Name of the fleet."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "name must be 1 to 40 lower-case letters, digits or '-', beginning and ending with a letter or digit, so that every cloud accepts it."
  }
}

variable "environment" {
  description = "Environment the fleet grows in, such as aws-burst."
  type        = string

  validation {
    condition     = length(var.environment) > 0
    error_message = "environment must not be empty."
  }
}

variable "model" {
  description = "Name that the servers serve the model by."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}$", var.model))
    error_message = "model must be 1 to 128 letters, digits, '.', '_', '/', ':' or '-'."
  }
}

variable "model_source" {
  description = "Where the servers load the weights from: a repository id such as meta-llama/Llama-3.1-8B-Instruct, or a path in the machine image."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9/][A-Za-z0-9._/-]*$", var.model_source))
    error_message = "model_source must be a repository id or a path."
  }
}

variable "parameters_billion" {
  description = "Size of the model in billions of parameters."
  type        = number

  validation {
    condition     = var.parameters_billion > 0
    error_message = "parameters_billion must be above 0."
  }
}

variable "bytes_per_parameter" {
  description = "2 for 16-bit weights, 1 for 8-bit, 0.5 for 4-bit."
  type        = number
  default     = 2

  validation {
    condition     = contains([0.5, 1, 2, 4], var.bytes_per_parameter)
    error_message = "bytes_per_parameter must be 0.5, 1, 2 or 4."
  }
}

variable "max_model_len" {
  description = "Longest prompt plus answer in tokens."
  type        = number
  default     = 8192

  validation {
    condition     = var.max_model_len >= 256 && var.max_model_len == floor(var.max_model_len)
    error_message = "max_model_len must be a whole number from 256."
  }
}

variable "gpus_per_machine" {
  description = "GPUs of one machine."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2, 4, 8], var.gpus_per_machine)
    error_message = "gpus_per_machine must be 1, 2, 4 or 8."
  }
}

variable "gpu_memory_gib" {
  description = "Memory of one GPU in GiB."
  type        = number

  validation {
    condition     = var.gpu_memory_gib >= 8
    error_message = "gpu_memory_gib must be 8 or more."
  }
}

variable "desired" {
  description = "How many machines run."
  type        = number

  validation {
    condition     = var.desired >= 0 && var.desired == floor(var.desired)
    error_message = "desired must be a whole number from 0."
  }
}

variable "maximum" {
  description = "The most machines that may ever run."
  type        = number

  validation {
    condition     = var.maximum >= 0 && var.maximum <= 1000 && var.maximum == floor(var.maximum)
    error_message = "maximum must be a whole number from 0 to 1000."
  }
}

variable "hourly_price" {
  description = "Price of one machine and hour, in the currency of the budget; 0 when it costs nothing."
  type        = number

  validation {
    condition     = var.hourly_price >= 0
    error_message = "hourly_price must not be negative."
  }
}

variable "hourly_budget" {
  description = "The most that the whole fleet may cost an hour. It caps the fleet below maximum."
  type        = number

  validation {
    condition     = var.hourly_budget >= 0
    error_message = "hourly_budget must not be negative."
  }
}

variable "port" {
  description = "Port that the model server listens on."
  type        = number
  default     = 8000

  validation {
    condition     = var.port >= 1024 && var.port <= 65535 && var.port == floor(var.port)
    error_message = "port must be a whole number from 1024 to 65535."
  }
}

variable "router_cidrs" {
  description = "Address ranges of the routers: nobody else may reach the servers."
  type        = list(string)

  validation {
    condition     = length(var.router_cidrs) > 0 && alltrue([for range in var.router_cidrs : can(cidrhost(range, 0))])
    error_message = "router_cidrs must hold at least one range such as 10.0.0.0/16."
  }
  validation {
    condition     = alltrue([for range in var.router_cidrs : tonumber(try(split("/", range)[1], 0)) >= 8])
    error_message = "router_cidrs must not open the servers to everybody; the widest range is a /8."
  }
}

variable "image" {
  description = "Container image of vLLM, with a version tag or a digest."
  type        = string

  validation {
    condition     = can(regex("(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image must end in a version tag or a digest, and not in :latest, so that every machine runs the same."
  }
}

variable "token_command" {
  description = "Shell command that prints the bearer token the server asks for. It runs on the machine; the token itself appears in no plan and no state."
  type        = string

  validation {
    condition     = length(var.token_command) > 0
    error_message = "token_command must not be empty: a server without a token serves anybody who reaches it."
  }
}

variable "extra_arguments" {
  description = "Further arguments of vLLM."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of everything that the fleet is made of."
  type        = map(string)
  default     = {}
}

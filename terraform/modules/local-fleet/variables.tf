variable "name" {
  description = "Name of the fleet; machines are called NAME-1, NAME-2, ..."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$", var.name))
    error_message = "name must be 1 to 100 letters, digits, '.', '_' or '-', beginning with a letter or digit."
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
    condition     = length(var.model) > 0
    error_message = "model must not be empty."
  }
}

variable "desired" {
  description = "How many servers run."
  type        = number

  validation {
    condition     = var.desired >= 0 && var.desired == floor(var.desired) && var.desired <= var.maximum
    error_message = "desired must be a whole number from 0 to maximum."
  }
}

variable "maximum" {
  description = "The most servers that may ever run: the cap that no plan passes."
  type        = number
  default     = 4

  validation {
    condition     = var.maximum >= 0 && var.maximum <= 100 && var.maximum == floor(var.maximum)
    error_message = "maximum must be a whole number from 0 to 100."
  }
}

variable "first_port" {
  description = "Port of the first server on 127.0.0.1; the others take the ports after it."
  type        = number

  validation {
    condition     = var.first_port >= 1024 && var.first_port + var.maximum <= 65536 && var.first_port == floor(var.first_port)
    error_message = "first_port and the maximum ports from there must lie in 1024 to 65535."
  }
}

variable "server_command" {
  description = "Program and arguments that start one server; the module appends its options."
  type        = list(string)

  validation {
    condition     = length(var.server_command) > 0
    error_message = "server_command must name a program."
  }
}

variable "engines" {
  description = "Engines that one server stands for."
  type        = number
  default     = 1

  validation {
    condition     = var.engines >= 1 && var.engines == floor(var.engines)
    error_message = "engines must be a whole number from 1."
  }
}

variable "boot_seconds" {
  description = "How long a server answers 503 after its start, as a cloud machine would."
  type        = number
  default     = 0

  validation {
    condition     = var.boot_seconds >= 0 && var.boot_seconds <= 3600
    error_message = "boot_seconds must lie in 0 to 3600."
  }
}

variable "wait_for_boot" {
  description = "Whether apply waits until each server has booted and told its identity. If not, a server that listens and answers 503 is enough."
  type        = bool
  default     = true
}

variable "start_seconds" {
  description = "How long a server may take to answer, its boot time not counted, before apply fails."
  type        = number
  default     = 60

  validation {
    condition     = var.start_seconds >= 1 && var.start_seconds <= 3600
    error_message = "start_seconds must lie in 1 to 3600."
  }
}

variable "extra_options" {
  description = "Further options of the servers."
  type        = list(string)
  default     = []
}

variable "run_dir" {
  description = "Directory for process ids and logs."
  type        = string
  default     = "run"
}

variable "canary_dir" {
  description = "Directory in which servers note the canaries they received; null for nowhere."
  type        = string
  default     = null
}

variable "process_file" {
  description = "File to which each started process is appended, so that a launcher can end it with everything else dead; null for none."
  type        = string
  default     = null
}

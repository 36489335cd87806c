locals {
  # GPUs of an instance and GiB of memory of each.
  gpus = {
    "g4dn.xlarge"   = { count = 1, memory_gib = 16 }
    "g4dn.12xlarge" = { count = 4, memory_gib = 16 }
    "g5.xlarge"     = { count = 1, memory_gib = 24 }
    "g5.2xlarge"    = { count = 1, memory_gib = 24 }
    "g5.12xlarge"   = { count = 4, memory_gib = 24 }
    "g5.48xlarge"   = { count = 8, memory_gib = 24 }
    "g6.xlarge"     = { count = 1, memory_gib = 24 }
    "g6.2xlarge"    = { count = 1, memory_gib = 24 }
    "g6.12xlarge"   = { count = 4, memory_gib = 24 }
    "g6.48xlarge"   = { count = 8, memory_gib = 24 }
    "g6e.xlarge"    = { count = 1, memory_gib = 48 }
    "g6e.2xlarge"   = { count = 1, memory_gib = 48 }
    "g6e.12xlarge"  = { count = 4, memory_gib = 48 }
    "g6e.48xlarge"  = { count = 8, memory_gib = 48 }
    "p4d.24xlarge"  = { count = 8, memory_gib = 40 }
    "p4de.24xlarge" = { count = 8, memory_gib = 80 }
    "p5.48xlarge"   = { count = 8, memory_gib = 80 }
  }
}

module "core" {
  source = "../core"

  name                = var.name
  environment         = var.environment
  model               = var.model
  desired             = var.desired
  maximum             = var.maximum
  model_source        = var.serving.model_source
  parameters_billion  = var.serving.parameters_billion
  bytes_per_parameter = var.serving.bytes_per_parameter
  max_model_len       = var.serving.max_model_len
  image               = var.serving.image
  port                = var.serving.port
  extra_arguments     = var.serving.extra_arguments
  gpus_per_machine    = min([for type in var.instance_types : local.gpus[type].count]...)
  gpu_memory_gib      = min([for type in var.instance_types : local.gpus[type].memory_gib]...)
  hourly_price        = var.hourly_price
  hourly_budget       = var.hourly_budget
  router_cidrs        = var.router_cidrs
  token_command       = "aws ssm get-parameter --region '${split(":", var.token_parameter_arn)[3]}' --name '${var.token_parameter_arn}' --with-decryption --query Parameter.Value --output text"
  tags                = var.tags
}

resource "aws_launch_template" "this" {
  name_prefix            = "${module.core.resource_name}-"
  image_id               = var.image_id
  instance_type          = var.instance_types[0]
  user_data              = base64encode(module.core.cloud_init)
  update_default_version = true
  tags                   = module.core.tags

  iam_instance_profile {
    arn = aws_iam_instance_profile.this.arn
  }

  # Version 2 only and one hop: neither a container nor a forged request gets the role's keys.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  network_interfaces {
    associate_public_ip_address = false
    delete_on_termination       = true
    security_groups             = [aws_security_group.this.id]
  }

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size           = var.root_volume_gib
      volume_type           = "gp3"
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  tag_specifications {
    resource_type = "instance"
    tags          = merge(module.core.tags, { Name = module.core.resource_name })
  }

  tag_specifications {
    resource_type = "volume"
    tags          = module.core.tags
  }
}

resource "aws_autoscaling_group" "this" {
  name                 = module.core.resource_name
  min_size             = 0
  max_size             = module.core.cap
  desired_capacity     = module.core.desired
  vpc_zone_identifier  = var.subnet_ids
  termination_policies = ["NewestInstance"]
  capacity_rebalance   = true
  health_check_type    = "EC2"

  # The control plane watches the servers come up; an apply does not wait for them.
  wait_for_capacity_timeout = "0"

  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = var.on_demand_base
      on_demand_percentage_above_base_capacity = var.on_demand_percentage
      spot_allocation_strategy                 = "price-capacity-optimized"
      spot_max_price                           = tostring(var.hourly_price)
    }

    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.this.id
        version            = aws_launch_template.this.latest_version
      }

      dynamic "override" {
        for_each = var.instance_types
        content {
          instance_type = override.value
        }
      }
    }
  }

  dynamic "tag" {
    for_each = module.core.tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}

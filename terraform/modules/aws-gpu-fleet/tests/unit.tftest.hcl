mock_provider "aws" {
  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
  }
  mock_resource "aws_iam_instance_profile" {
    defaults = { arn = "arn:aws:iam::123456789012:instance-profile/x" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/x" }
  }
}

variables {
  name                = "burst"
  environment         = "aws-burst"
  model               = "small-chat"
  desired             = 2
  maximum             = 8
  hourly_price        = 1.25
  hourly_budget       = 5
  router_cidrs        = ["10.0.0.0/16", "10.1.0.0/16"]
  vpc_id              = "vpc-0123456789abcdef0"
  subnet_ids          = ["subnet-0123456789abcdef0"]
  image_id            = "ami-0123456789abcdef0"
  instance_types      = ["g6.12xlarge", "g5.xlarge"]
  token_parameter_arn = "arn:aws:ssm:eu-central-1:123456789012:parameter/spillway/burst"
  serving = {
    model_source       = "meta-llama/Llama-3.1-8B-Instruct"
    parameters_billion = 8
    image              = "vllm/vllm-openai:v0.11.0"
  }
}

run "the_budget_is_the_groups_limit" {
  command = plan

  assert {
    condition     = aws_autoscaling_group.this.max_size == 4 && aws_autoscaling_group.this.desired_capacity == 2
    error_message = "5 an hour pays for four machines"
  }
}

run "machines_are_closed" {
  assert {
    condition     = aws_launch_template.this.metadata_options[0].http_tokens == "required"
    error_message = "IMDSv2"
  }
  assert {
    condition     = aws_launch_template.this.network_interfaces[0].associate_public_ip_address == "false"
    error_message = "no public address"
  }
  assert {
    condition     = aws_launch_template.this.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "encrypted disks"
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.routers : rule.cidr_ipv4]) == toset(var.router_cidrs)
    error_message = "routers and nobody else"
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.token.policy).Statement == [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = [var.token_parameter_arn] }]
    error_message = "the role reads one parameter"
  }
}

run "the_model_is_sized_for_the_smallest_type" {
  command = plan

  assert {
    condition     = output.sizing.tensor_parallel == 1 && output.sizing.engines == 1
    error_message = "g5.xlarge has one GPU"
  }
}

run "the_token_is_not_in_the_user_data" {
  assert {
    condition     = strcontains(base64decode(aws_launch_template.this.user_data), "ssm get-parameter --region 'eu-central-1'")
    error_message = "the machine reads the token itself"
  }
}

run "an_unknown_type_is_refused" {
  command = plan

  variables {
    instance_types = ["m5.large"]
  }
  expect_failures = [var.instance_types]
}

run "a_free_machine_is_refused" {
  command = plan

  variables {
    hourly_price = 0
  }
  expect_failures = [var.hourly_price]
}

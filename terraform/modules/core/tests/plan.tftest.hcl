variables {
  name               = "burst"
  environment        = "aws-burst"
  model              = "small-chat"
  model_source       = "meta-llama/Llama-3.1-8B-Instruct"
  parameters_billion = 8
  gpu_memory_gib     = 24
  desired            = 1
  maximum            = 4
  hourly_price       = 1.5
  hourly_budget      = 10
  router_cidrs       = ["10.0.0.0/16"]
  image              = "vllm/vllm-openai:v0.11.0"
  token_command      = "cat /run/token"
  tags               = { team = "platform" }
}

run "a_small_model_takes_one_gpu" {
  command = plan

  assert {
    condition     = output.sizing.tensor_parallel == 1 && output.sizing.engines == 1
    error_message = "8 billion 16-bit parameters fit into 24 GiB"
  }
}

run "idle_gpus_become_more_engines" {
  command = plan

  variables {
    gpus_per_machine = 4
  }
  assert {
    condition     = output.sizing.tensor_parallel == 1 && output.sizing.engines == 4
    error_message = "four GPUs hold four engines"
  }
}

run "a_large_model_spans_gpus" {
  command = plan

  variables {
    parameters_billion = 70
    gpu_memory_gib     = 80
    gpus_per_machine   = 8
  }
  assert {
    condition     = output.sizing.tensor_parallel == 4 && output.sizing.engines == 2
    error_message = "70 billion 16-bit parameters need four GPUs of 80 GiB"
  }
}

run "a_model_that_does_not_fit_is_refused" {
  command = plan

  variables {
    parameters_billion = 70
  }
  expect_failures = [output.sizing]
}

run "the_maximum_caps" {
  command = plan

  assert {
    condition     = output.cap == 4
    error_message = "the budget would allow six"
  }
}

run "the_budget_caps" {
  command = plan

  variables {
    hourly_budget = 4
  }
  assert {
    condition     = output.cap == 2
    error_message = "4 an hour pays for two machines of 1.50"
  }
}

run "more_than_the_cap_is_refused" {
  command = plan

  variables {
    hourly_budget = 4
    desired       = 3
  }
  expect_failures = [output.desired]
}

run "a_machine_runs_the_server" {
  command = plan

  assert {
    condition     = startswith(output.cloud_init, "#cloud-config\n")
    error_message = "cloud-init reads the first line"
  }
  assert {
    condition     = strcontains(yamldecode(output.cloud_init).write_files[0].content, "'--served-model-name' 'small-chat'")
    error_message = "the server must serve the model by its name"
  }
  assert {
    condition     = strcontains(yamldecode(output.cloud_init).write_files[0].content, "VLLM_API_KEY=$(cat /run/token)")
    error_message = "the token comes from its command"
  }
}

run "quotes_in_arguments_stay_arguments" {
  command = plan

  variables {
    extra_arguments = ["--x", "a'; reboot; '"]
  }
  assert {
    condition     = strcontains(yamldecode(output.cloud_init).write_files[0].content, "'a'\\''; reboot; '\\'''")
    error_message = "an argument must not become a command"
  }
}

run "tags_say_whose_it_is" {
  command = plan

  assert {
    condition     = tomap(output.tags) == tomap({ team = "platform", spillway-fleet = "burst", spillway-environment = "aws-burst", spillway-model = "small-chat" })
    error_message = "own tags and ours"
  }
}

run "everybody_is_no_router" {
  command = plan

  variables {
    router_cidrs = ["0.0.0.0/0"]
  }
  expect_failures = [var.router_cidrs]
}

run "what_is_no_range_is_refused" {
  command = plan

  variables {
    router_cidrs = ["10.0.0.1"]
  }
  expect_failures = [var.router_cidrs]
}

run "an_image_needs_a_version" {
  command = plan

  variables {
    image = "vllm/vllm-openai:latest"
  }
  expect_failures = [var.image]
}

run "a_token_is_needed" {
  command = plan

  variables {
    token_command = ""
  }
  expect_failures = [var.token_command]
}

run "names_fit_every_cloud" {
  command = plan

  variables {
    name = "Burst_1"
  }
  expect_failures = [var.name]
}

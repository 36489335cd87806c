variables {
  name           = "burst"
  environment    = "aws-burst"
  model          = "small-chat"
  desired        = 2
  maximum        = 3
  first_port     = 20001
  server_command = ["/opt/with blank/server", "it's"]
}

run "each_server_gets_its_own_port" {
  command = plan

  assert {
    condition     = [for server in local.servers : server.port] == [20001, 20002]
    error_message = "ports must count up from first_port"
  }
  assert {
    condition     = [for server in local.servers : server.id] == ["burst-1", "burst-2"]
    error_message = "ids must count up from 1"
  }
}

run "blanks_and_quotes_stay_where_they_are" {
  command = plan

  assert {
    condition     = startswith(local.quoted_command, "'/opt/with blank/server' 'it'\\''s' '--model' 'small-chat'")
    error_message = "each word must be quoted: ${local.quoted_command}"
  }
}

run "options_that_are_not_set_are_not_passed" {
  command = plan

  assert {
    condition     = !strcontains(local.quoted_command, "--canary-dir") && !strcontains(local.quoted_command, "--process-file")
    error_message = "null means the option is absent"
  }
}

run "none_is_a_size" {
  command = plan

  variables {
    desired = 0
  }
  assert {
    condition     = output.machines == []
    error_message = "a fleet of none has no machines"
  }
}

run "the_cap_holds" {
  command = plan

  variables {
    desired = 4
  }
  expect_failures = [var.desired]
}

run "half_a_server_is_refused" {
  command = plan

  variables {
    desired = 1.5
  }
  expect_failures = [var.desired]
}

run "ports_stay_in_range" {
  command = plan

  variables {
    first_port = 65534
  }
  expect_failures = [var.first_port]
}

run "a_command_is_needed" {
  command = plan

  variables {
    server_command = []
  }
  expect_failures = [var.server_command]
}

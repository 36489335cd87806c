locals {
  # GPUs of a size and GiB of memory of each.
  gpus = {
    Standard_NC4as_T4_v3      = { count = 1, memory_gib = 16 }
    Standard_NC64as_T4_v3     = { count = 4, memory_gib = 16 }
    Standard_NV36ads_A10_v5   = { count = 1, memory_gib = 24 }
    Standard_NV72ads_A10_v5   = { count = 2, memory_gib = 24 }
    Standard_NC24ads_A100_v4  = { count = 1, memory_gib = 80 }
    Standard_NC48ads_A100_v4  = { count = 2, memory_gib = 80 }
    Standard_NC96ads_A100_v4  = { count = 4, memory_gib = 80 }
    Standard_NC40ads_H100_v5  = { count = 1, memory_gib = 94 }
    Standard_NC80adis_H100_v5 = { count = 2, memory_gib = 94 }
    Standard_ND96isr_H100_v5  = { count = 8, memory_gib = 80 }
  }

  vault_name = element(split("/", var.key_vault_id), -1)

  # The machine's identity gets a key for the vault from the metadata service, then the secret.
  token_command = join(" | ", [
    "curl --silent --fail --header 'Metadata: true' 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=${azurerm_user_assigned_identity.this.client_id}'",
    "jq --raw-output '\"header = \\\"Authorization: Bearer \" + .access_token + \"\\\"\"'",
    "curl --silent --fail --config - 'https://${local.vault_name}.vault.azure.net/secrets/${var.token_secret_name}?api-version=7.4'",
    "jq --raw-output .value",
  ])
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
  gpus_per_machine    = local.gpus[var.sku].count
  gpu_memory_gib      = local.gpus[var.sku].memory_gib
  hourly_price        = var.hourly_price
  hourly_budget       = var.hourly_budget
  router_cidrs        = var.router_cidrs
  token_command       = local.token_command
  tags                = var.tags
}

resource "azurerm_linux_virtual_machine_scale_set" "this" {
  name                = module.core.resource_name
  resource_group_name = var.resource_group_name
  location            = var.location
  sku                 = var.sku
  instances           = module.core.desired
  zones               = length(var.zones) == 0 ? null : var.zones
  source_image_id     = var.source_image_id
  custom_data         = base64encode(module.core.cloud_init)
  tags                = module.core.tags

  # Azure would otherwise start, and for a while run, more machines than were asked for.
  overprovision          = false
  single_placement_group = false
  upgrade_mode           = "Manual"

  priority        = var.spot ? "Spot" : "Regular"
  eviction_policy = var.spot ? "Delete" : null
  max_bid_price   = var.spot ? var.hourly_price : null

  admin_username                  = "spillway"
  disable_password_authentication = true
  encryption_at_host_enabled      = true

  admin_ssh_key {
    username   = "spillway"
    public_key = var.admin_ssh_public_key
  }

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
    disk_size_gb         = var.root_volume_gib
  }

  # Without a public_ip_address block the machines have none.
  network_interface {
    name                      = "main"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.this.id

    ip_configuration {
      name      = "main"
      primary   = true
      subnet_id = var.subnet_id
    }
  }

  scale_in {
    rule = "NewestVM"
  }

  depends_on = [azurerm_role_assignment.token]
}

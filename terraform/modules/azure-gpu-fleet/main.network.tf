resource "azurerm_network_security_group" "this" {
  name                = module.core.resource_name
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = module.core.tags

  security_rule {
    name                       = "routers"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefixes    = module.core.router_cidrs
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = tostring(module.core.port)
  }

  # Azure's own last rules let the whole virtual network in.
  security_rule {
    name                       = "nobody-else"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_address_prefix      = "*"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = "*"
  }
}

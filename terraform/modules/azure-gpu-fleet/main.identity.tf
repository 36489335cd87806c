resource "azurerm_user_assigned_identity" "this" {
  name                = "spillway-${var.name}" # not from core, which needs this identity
  resource_group_name = var.resource_group_name
  location            = var.location
  tags                = var.tags
}

# A machine may read its token and nothing else.
resource "azurerm_role_assignment" "token" {
  scope                = "${var.key_vault_id}/secrets/${var.token_secret_name}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
}

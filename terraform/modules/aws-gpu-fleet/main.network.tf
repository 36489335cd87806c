resource "aws_security_group" "this" {
  name_prefix            = "${module.core.resource_name}-"
  description            = "Model servers of fleet ${var.name}: routers in, HTTPS out"
  vpc_id                 = var.vpc_id
  revoke_rules_on_delete = true
  tags                   = module.core.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "routers" {
  for_each = toset(module.core.router_cidrs)

  security_group_id = aws_security_group.this.id
  description       = "Routers"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = module.core.port
  to_port           = module.core.port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = toset(var.egress_cidrs)

  security_group_id = aws_security_group.this.id
  description       = "Container registry, weights, AWS endpoints"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

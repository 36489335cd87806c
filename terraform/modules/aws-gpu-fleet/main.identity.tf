resource "aws_iam_role" "this" {
  name_prefix = "${substr(module.core.resource_name, 0, 37)}-"
  tags        = module.core.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

# A machine may read its token and nothing else.
resource "aws_iam_role_policy" "token" {
  name = "read-token"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = [var.token_parameter_arn] }],
      var.kms_key_arn == null ? [] : [{ Effect = "Allow", Action = ["kms:Decrypt"], Resource = [var.kms_key_arn] }],
    )
  })
}

resource "aws_iam_instance_profile" "this" {
  name_prefix = "${substr(module.core.resource_name, 0, 37)}-"
  role        = aws_iam_role.this.name
  tags        = module.core.tags
}

package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets that only their surroundings give away. Values are made up.
class CredentialsTest {

    private static boolean isSecret(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .anyMatch(it -> it.category().equals("secret") && it.confidence() >= 0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // environments, INI, TOML, YAML, JSON, XML, properties
                "DB_PASSWORD=hq7!kfR2",
                "export API_KEY=\"7fK2mZ7qL1xV4bN8cD3s\"",
                "set DB_PASS=Kw9xTr44",
                "password = \"S3cure-Pa55\"",
                "db:\n  password: Tr0ub4dor\n  host: x",
                "client_secret: |\n  7fK2mZ7qL1xV4bN8cD3s\n",
                "{\"clientSecret\": \"7fK2mZ7qL1xV4bN8cD3s\"}",
                "{\\\"apiKey\\\": \\\"7fK2mZ7qL1xV4bN8cD3s\\\"}",
                "<password>Tr0ub4dor9</password>",
                "<apiToken>\n    7fk2mz7ql1xv4bn8cd3s\n</apiToken>",
                "<add key=\"ApiSecret\" value=\"7fK2mZ7qL1xV4bN8cD3s\" />",
                "{\"name\": \"API_TOKEN\", \"value\": \"7fK2mZ7qL1xV4bN8cD3s\"}",
                "- name: DB_PASSWORD\n  value: hq7kfR2x",
                "spring.datasource.password=hq7kfR2x",
                "DBPWD=Kw9xTr44",
                "<secret>{shop AQAAABAAA 7fK2mZ7qL1xV4bN8cD3s}</secret>",
                "\"secret\": \"{AQAAABAAAAAQ7fK2mZ7qL1xV4bN8cD3s==}\"",
                "| API_KEY | 7fK2mZ7qL1xV4bN8cD3s |",
                "Here is my API key:\n\n    7fK2mZ7qL1xV4bN8cD3s\n",
                "client_secret=7fK2!mZ7q*L1xV4b",
                "token = 'hQzRtKKmVbXcWpLsNdGGfJyA'",
                // programs
                "String apiToken = \"7fK2mZ7qL1xV4bN8cD3s\";",
                "var apiToken string = \"7fK2mZ7qL1xV4bN8cD3s\"",
                "apiToken := `7fK2mZ7qL1xV4bN8cD3s`",
                "const authToken: string = '7fK2mZ7qL1xV4bN8cD3s';",
                "$apiToken .= \"7fK2mZ7qL1xV4bN8cD3s\"",
                "API_TOKEN ?= 7fK2mZ7qL1xV4bN8cD3s",
                "API_TOKEN ::= 7fK2mZ7qL1xV4bN8cD3s",
                "System.setProperty(\"API_TOKEN\", \"7fK2mZ7qL1xV4bN8cD3s\")",
                ":access_token => \"7fK2mZ7qL1xV4bN8cD3s\"",
                "process.env.API_KEY || \"7fK2mZ7qL1xV4bN8cD3s\"",
                "const apiKey =\n    \"7fK2mZ7qL1xV4bN8cD3s\";",
                "static final String API_KEY\n        = \"7fK2mZ7qL1xV4bN8cD3s\";",
                "assertEquals(settings[\"AccountKey\"], \"7fK2mZ7qL1xV4bN8cD3s\")",
                "if (apiKey == \"7fK2mZ7qL1xV4bN8cD3s\") {",
                // headers and command lines
                "Authorization: Basic dXNlcjpodW50ZXIyaHVudGVyMg==",
                "Authorization: Token 22cb987851bc5659229114c62e60c79abd0d2c08",
                "X-Api-Key: 7fK2mZ7qL1xV4bN8cD3s",
                "Cookie: theme=dark; sessionid=7fk2mz7ql1xv4bn8cd3s9a0e1b",
                "curl -u elastic:hq7kfR2x https://localhost:9200",
                "curl --user 'api:d2LkV78zLx!t' https://x",
                "curl -H \"Authorization: Bearer cfcabd11c7ed9a41b1a3e063c32d5114\" https://x",
                "curl --user  'johns:h0pk1ns~21s' https://x",
                "mysql -u root -pHq7kfR2x shop",
                "sshpass -p 'Hq7kfR2x' ssh host",
                "tool login --password Hq7kfR2x --yes",
                "tool --api-key 7fK2mZ7qL1xV4bN8cD3s run",
                "redis-cli -a Hq7kfR2x ping",
                // URLs and connection strings
                "postgres://app:hq7kfR2x@db.internal:5432/shop",
                "mongodb+srv://app:hq7kfR2x@cluster0.mongodb.net/test",
                "amqps://app:hq7kfR2x@mq/vhost",
                "redis://:hq7kfR2x@cache:6379/0",
                "jdbc:mysql://db/shop?user=app&password=hq7kfR2x",
                "Server=db;Database=shop;User Id=app;Password=hq7!kfR2;",
                "AccountName=shop;AccountKey=q7Wk9sYz3tB5nM8vC1xL4pR6uJ0hG2fD/eA+oIiEwQ7Wk9sYz3tB5nM8vC1xL4pR6uJ0hG2fD/eA+oIiEw==",
                "Endpoint=sb://x/;SharedAccessKeyName=r;SharedAccessKey=q7Wk9sYz3tB5nM8vC1xL4pR6uJ0hG2fDeAoIiEw4t8k=",
                "https://x.blob.core.windows.net/c?sv=2023-01-03&sp=r&sig=ow2a1XbXmD4%2BEv9LBUkek8R%2FrAjvrQFpenUbzztILn8%3D",
                // files of tools
                "machine api.x.io login bob password Hq7kfR2x",
                "root:$6$rounds$Wk9sYz3tB5nM8vC1xL4pR6uJ0hG2fDeAoIiEw4t8kWk9sYz3tB5n:19000:0",
                "bob:$apr1$k9sYz3tB$5nM8vC1xL4pR6uJ0hG2fD/",
                "[default]\naws_secret_access_key = q7Wk9sYz3tB5nM8vC1xL4pR6uJ0hG2fDeAoIiEw4",
                "\"auth\": \"dXNlcjpodW50ZXIyaHVudGVyMg==\"",
                "otpauth://totp/ACME:bob?secret=JBSWY3DPEHPK3PXPJBSWY3DP&issuer=ACME",
                "client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVB",
                "telegram 4614724432:AAH9sYz3tB5nM8vC1xL4pR6uJ0hG2fDeAoI",
                "3012a5754bbd716926f99c028f7ea428-us18",
                "secret is 2Vq7Q~q5VgKljZ7cb3.0sp0Apz.vOjRIPyeTr9x",
                // sentences
                "my password is hunter2!",
                "my password is hunter2...",
                "The admin password for the server is Kw9xTr44, thanks",
                "please use the api key is 7fK2mZ7qL1xV4bN8cD3s here",
                "we changed the password to Sommer2024!",
                "我的密码是 hq7kfR2x，请保密",
                "密码：hq7kfR2x",
                "登录密码为hq7kfR2x",
                "API密钥：7fK2mZ7qL1xV4bN8cD3s",
                "Passwort: Hq7!kfR2x",
                "contraseña: hq7kfR2x",
            })
    void secretsAreFoundWhereverTheyStand(String text) {
        assertThat(isSecret(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=<your-password>",
                "password: ${DB_PASSWORD}",
                "api_key = \"xxxxxxxxxxxxxxxxxxxx\"",
                "API_KEY=YOUR_API_KEY_HERE_1",
                "password = \"changeme1\"",
                "secret: \"example-secret-1\"",
                "token = \"********************\"",
                "api_key = os.environ[\"API_KEY_2\"]",
                "apiKey: process.env.API_KEY_2",
                "password = getPassword2()",
                "this.password = user.password2;",
                "token: {{ .Values.token1 }}",
                "password: str = Field(min_length=8)",
                "String password2;",
                "passwordEncoder = BCrypt2()",
                "max_tokens: 4096, token_count=12345678901",
                "\"next_token\": \"7fK2mZ7qL1xV4bN8cD3s\"",
                "csrf_token=7fK2mZ7qL1xV4bN8cD3s",
                "public_key = \"7fK2mZ7qL1xV4bN8cD3s\"",
                "primaryKey=7fK2mZ7qL1xV4bN8cD3s",
                "author = \"j4mes.f4ke2000\"",
                "monkey: 7fK2mZ7qL1xV4bN8cD3s",
                "keyboard=7fK2mZ7qL1xV4bN8cD3s",
                "credentialsId: 'ff083f76-7804-4ef1-80e4-fe975bb9141b'",
                "secret_name = \"prod/db2/main1\"",
                "key_vault_name: web21prqodx24021",
                "token_url: https://login.x.io/oauth2/v2.0/token",
                "curl -u \"$USER:$PASS\" https://x",
                "curl -u username:token https://x",
                "mkdir -p build2/out3",
                "Authorization: Bearer <token>",
                "https://user:password@example.com",
                "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "commit=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "integrity=\"sha512-9f86d081884c7d659a2feaa0c55ad015\"",
                "import { Key1, Key2 } from './keys2'",
                "The password is required and is case-sensitive.",
                "The password is stored with SHA-256.",
                "How do I reset my password?",
                "Your password must have 8 characters, 1 digit and 1 sign.",
                "密码是什么？",
                "密码长度为8到16位",
                "The token is a JWT that expires in 24h.",
                "api_key = \"7fK2mZ7q]L1x#V4bN8cD3s\"",
                "export API_KEY=7fK2mZ7qL1xV4b...",
                "token = PRICE_PER_1M_INPUT_GPT_4O",
                "decode(token: Uint8Array)",
                "token = \"PaymentServiceTokenProvider\"",
                "-H \"Authorization: Bearer <access token>\" \\\n \"https://x.io/v1/a?q=test2b3c\"",
                "secret: https://vault.x.io/v1/kv/data4/app2",
                "token:\n  id7f2k9: 7fK2mZ7qL1xV4bN8cD3s",
                "cat token | python3 run1.py",
                "postgres://postgres:postgres@localhost/db",
                "amqp://app:secret@mq/vhost",
                "MovedAttribute(\"HTTPPasswordMgr\", \"urllib2\")",
            })
    void whatOnlySpeaksOfSecretsIsNot(String text) {
        assertThat(isSecret(text)).isFalse();
    }

    static Stream<VendorKeys.Row> vendors() {
        return VendorKeys.rows().stream();
    }

    private static String key(VendorKeys.Row row) {
        var random = new Random(row.vendor().hashCode());
        var form = row.notation().substring(1, row.notation().length() - 1).split(" ");
        if (form[0].equals("uuid")) {
            return "4f7c19e2-83b5-4d06-9a1e-5c72d8b3f640";
        }
        int length = Integer.parseInt(form[1].split("-")[0]);
        var characters =
                form[0].equals("hex")
                        ? "0123456789abcdef"
                        : TokenAlphabet.named(form[0]).characters();
        var key = new StringBuilder("7");
        while (key.length() < length - 2) {
            char c = characters.charAt(random.nextInt(characters.length()));
            key.append(Character.isLetterOrDigit(c) ? c : "a8".charAt(key.length() % 2));
        }
        return key + (form[0].equals("upper") ? "C3" : "c3");
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void keysWithoutATextOfTheirOwnAreFoundBesideTheirVendorsName(VendorKeys.Row row) {
        for (var name : row.names()) {
            assertThat(isSecret("%s_value: \"%s\"".formatted(name, key(row)))).as(name).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void withoutTheNameTheyAreJustRandom(VendorKeys.Row row) {
        assertThat(isSecret("revision: \"%s\"".formatted(key(row)))).isFalse();
    }

    @Test
    void aValueInAnotherSentenceIsNotTheSecretThatAChineseOneSpeaksOf() {
        assertThat(isSecret("密码是%s hq7kfR2x".formatted("用户登录系统时输入的一串字符".repeat(2)))).isTrue();
        assertThat(isSecret("密码是%s hq7kfR2x".formatted("用户登录系统时输入的一串字符".repeat(9)))).isFalse();
    }
}

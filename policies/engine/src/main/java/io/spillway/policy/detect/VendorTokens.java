package io.spillway.policy.detect;

import java.util.List;

/// Forms of tokens that vendors publish and that need nothing around them: most begin with a text
/// of their own. One row for each form: the vendor, then the form in the notation of [TokenShape].
final class VendorTokens {
    private static final String CLOUDS =
            """
            Adobe | p8e-[hex 32]
            Aiven | AVNS_[url 19-40]
            Akamai | akab-[lower 16]-[lower 16]
            Alibaba Cloud | LTAI[word 12-26]?
            Amazon | AKIA[upper 16]
            Amazon | ASIA[upper 16]
            Amazon | ABIA[upper 16]
            Amazon | ACCA[upper 16]
            Amazon | amzn.mws.[uuid 36]
            Amazon | da2-[lower 26]
            Amazon Bedrock | ABSK[base64 100-280]
            Amazon Bedrock | bedrock-api-key-[base64 60-2000]
            Baidu Cloud | bce-v3/ALTAK-[word 18-40]/[hex 40]
            Cloudflare | v1.0-[hex 24]-[hex 146]
            Cloudflare | cfut_[word 40-48]
            Cloudflare | cfat_[word 40-48]
            CockroachDB | CCDB1_[word 22]_[word 40]
            ClickHouse | 4b1d[word 38]?
            Confluent | cflt[base64 60]
            Databricks | dapi[hex 32]
            Deno | ddp_[word 36]
            Deno | ddo_[word 36]
            DigitalOcean | dop_v1_[hex 64]
            DigitalOcean | doo_v1_[hex 64]
            DigitalOcean | dor_v1_[hex 64]
            Doppler | dp.pt.[word 40-44]
            Doppler | dp.ct.[word 40-44]
            Doppler | dp.sa.[word 40-44]
            Doppler | dp.st.[word 40-44]
            Doppler | dp.st.[url 2-35].[word 40-44]
            Doppler | dp.scim.[word 40-44]
            Doppler | dp.audit.[word 40-44]
            Fly.io | fo1_[url 43]
            Fly.io | fm1a_[base64 80-800]
            Fly.io | fm1r_[base64 80-800]
            Fly.io | fm2_[base64 80-800]
            Google | AIza[url 35]
            Google | ya29.[url. 20-500]
            Google | GOCSPX-[url 28]
            Google | 1//0[url 38-120]?
            HashiCorp Vault | hvs.[url 24-300]
            HashiCorp Vault | hvb.[url 90-400]
            HashiCorp Vault | hvr.[url 24-300]
            Heroku | HRKU-[url 36-64]
            Infisical | st.[hex 24].[hex 32].[hex 32]
            Infracost | ico-[word 32]
            MongoDB Atlas | mdb_sa_sk_[url 40-60]
            Neon | napi_[lower 64]
            Neon | npg_[word 12-24]?
            Netlify | nfp_[word 36-40]
            Netlify | nfc_[word 36-40]
            OpenShift | sha256~[url 43]
            PlanetScale | pscale_tkn_[url. 32-64]
            PlanetScale | pscale_pw_[url. 32-64]
            PlanetScale | pscale_oauth_[url. 32-64]
            Prefect | pnu_[word 36]
            Prefect | pnb_[word 36]
            Pulumi | pul-[hex 40]
            Rancher | token-[lower 5]:[lower 54]
            Render | rnd_[word 28-40]
            Scalingo | tk-us-[url 48]
            Supabase | sbp_[hex 40]
            Supabase | sbp_v0_[hex 40]
            Supabase | sb_secret_[url 31-40]
            Tailscale | tskey-auth-[word 10-20]-[word 24-34]
            Tailscale | tskey-api-[word 10-20]-[word 24-34]
            Tailscale | tskey-client-[word 10-20]-[word 24-34]
            Tailscale | tskey-scim-[word 10-20]-[word 24-34]
            Tailscale | tskey-webhook-[word 10-20]-[word 24-34]
            Tailscale | tskey-[word 10-20]-[word 30-34]
            Tencent Cloud | AKID[word 32-36]?
            Vercel | vercel_blob_rw_[word_ 30-60]
            Vercel | vca_[word 24-60]
            Vercel | vci_[word 24-60]
            Vercel | vck_[word 24-60]
            Vercel | vcp_[word 24-60]
            Vercel | vcr_[word 24-60]
            Volcengine | AKLT[word 40-48]?
            Yandex Cloud | AQVN[url 35-38]
            Yandex Cloud | YCAJ[url 20-38]
            Yandex Cloud | YCM[url 36-38]?
            Yandex Cloud | t1.[url 80-400].[url 86]
            """;

    private static final String CODE =
            """
            Apify | apify_api_[word 36]
            Artifactory | AKCp[word 65-75]
            Artifactory | cmVmdGtu[word 56]
            Atlassian | ATATT3[path 50-400]
            Atlassian | ATCTT3[path 50-400]
            Bitbucket | ATBB[word 32]
            Buildkite | bkua_[hex 40]
            Buildkite | bkaj_[word 40-60]
            CircleCI | CCIPAT_[word 22]_[hex 40]
            CircleCI | CCIPRJ_[word 22]_[hex 40]
            Clojars | CLOJARS_[lower 60]
            crates.io | cio[word 32]?
            Docker Hub | dckr_pat_[url 27-40]
            Docker Hub | dckr_oat_[url 27-40]
            Endor Labs | endr+[url 16]
            Figma | figd_[url 38-60]
            Figma | figdr_[url 38-60]
            GitHub | ghp_[word 36-255]
            GitHub | gho_[word 36-255]
            GitHub | ghu_[word 36-255]
            GitHub | ghs_[word 36-255]
            GitHub | ghs_[digit 1-12]_eyJ[url. 60-1000]
            GitHub | ghr_[word 36-255]
            GitHub | github_pat_[word_ 36-255]
            GitLab | glpat-[url. 20-300]
            GitLab | gldt-[url. 20-64]
            GitLab | glrt-[url. 20-64]
            GitLab | glrtr-[url. 20-64]
            GitLab | glcbt-[url. 20-80]
            GitLab | glptt-[hex 40]
            GitLab | glsoat-[url. 20-64]
            GitLab | glimt-[url. 20-64]
            GitLab | glagent-[url. 40-64]
            GitLab | glft-[url. 20-64]
            GitLab | glffct-[url. 20-64]
            GitLab | gloas-[url. 20-80]
            GitLab | glwt-[url. 20-64]
            GitLab | GR1348941[url. 20-64]
            Grafana | glsa_[word 32]_[hex 8]
            Grafana | glc_[base64 32-400]
            Grafana | eyJrIjoi[base64 70-400]
            Harness | pat.[url 22].[hex 24].[word 20]
            Harness | sat.[url 22].[hex 24].[word 20]
            JetBrains | perm:[base64 8-60].[base64 8-60].[base64 20-60]
            JetBrains | perm-[base64 8-60].[base64 8-60].[base64 20-60]
            Kong | kpat_[word 40-60]
            LaunchDarkly | sdk-[uuid 36]
            LaunchDarkly | api-[uuid 36]
            Linear | lin_api_[word 40]
            Linear | lin_oauth_[hex 64]
            Notion | ntn_[word 43-50]
            Notion | secret_[word 43]
            npm | npm_[word 36]
            NuGet | oy2[lower 43]
            Octopus Deploy | API-[upper 25-32]?
            Packagist | packagist_uut_[hex 60-80]
            Postman | PMAK-[hex 24]-[hex 34]
            Postman | PMAT-[word 24-30]
            PyPI | pypi-AgEIcHlwaS5vcmc[url 50-1000]
            PyPI | pypi-AgENdGVzdC5weXBpLm9yZw[url 50-1000]
            ReadMe | rdme_[lower 70]
            RubyGems | rubygems_[hex 48]
            Sentry | sntrys_[path 80-600]
            Sentry | sntryu_[hex 64]
            Snyk | snyk_uat.[word 8].[url. 40-400]
            Socket | sktsec_[url 30-80]
            SonarQube | squ_[hex 40]
            SonarQube | sqp_[hex 40]
            SonarQube | sqa_[hex 40]
            Sourcegraph | sgp_[hex 40]
            Sourcegraph | sgp_[hex 16]_[hex 40]
            Sourcegraph | sgp_local_[hex 40]
            Sourcegraph | slk_[hex 64]
            StackHawk | hawk.[url 20].[url 20]
            WakaTime | waka_[uuid 36]
            """;

    private static final String SERVICES =
            """
            1Password | A3-[upper 6]-[upper 11]-[upper 5]-[upper 5]-[upper 5]
            1Password | A3-[upper 6]-[upper 6]-[upper 5]-[upper 5]-[upper 5]-[upper 5]
            1Password | ops_eyJ[base64 100-900]
            Adafruit IO | aio_[word 28]
            Age | AGE-SECRET-KEY-1[upper 58]
            Airtable | pat[word 14].[hex 64]
            Authress | sc_[lower 5-30].[lower 4-6].acc[url 10-34].[base64 30-250]
            Authress | sc_[lower 5-30].[lower 4-6].acc-[url 10-34].[base64 30-250]
            Authress | ext_[lower 5-30].[lower 4-6].acc[url 10-34].[base64 30-250]
            Authress | scauth_[lower 5-30].[lower 4-6].acc[url 10-34].[base64 30-250]
            Authress | authress_[lower 5-30].[lower 4-6].acc[url 10-34].[base64 30-250]
            Bitwarden | 0.[uuid 36].[word 30]:[base64 24]
            Brevo | xkeysib-[hex 64]-[word 16]
            Brevo | xsmtpsib-[hex 64]-[word 16]
            ClickUp | pk_[digit 6-9]_[upper 32]
            Contentful | CFPAT-[url 43]
            Defined Networking | dnkey-[url 26]-[url 52]
            Discord | discord.com/api/webhooks/[digit 17-20]/[url 60-72]
            Discord | discordapp.com/api/webhooks/[digit 17-20]/[url 60-72]
            Discord | M[word 23-27].[url 6].[url 27-40]
            Discord | N[word 23-27].[url 6].[url 27-40]
            Discord | O[word 23-27].[url 6].[url 27-40]
            Dropbox | sl.[url 110-1400]
            Dynatrace | dt0c01.[upper 24].[upper 64]
            Dynatrace | dt0s01.[upper 8].[upper 64]
            Elastic | essu_[base64 60-200]
            Facebook | EAA[word 80-400]?
            Frame.io | fio-u-[url 64]
            HubSpot | pat-na1-[uuid 36]
            HubSpot | pat-na2-[uuid 36]
            HubSpot | pat-eu1-[uuid 36]
            Instagram | IGQV[url. 80-400]
            Intra42 | s-s4t2ud-[hex 64]
            Intra42 | s-s4t2af-[hex 64]
            Intercom | dG9rO[base64 50-70]?
            Mailchimp | md-[url 22]?
            Mailgun | key-[hex 32]
            Mailgun | pubkey-[hex 32]
            Mapbox | sk.eyJ[url 40-200].[url 20-30]
            Mapbox | pk.eyJ[url 40-200].[url 20-30]
            Mapbox | tk.eyJ[url 40-200].[url 20-30]
            Microsoft Teams | webhook.office.com/webhookb2/[uuid 36]@[uuid 36]/IncomingWebhook/[lower 32]/[uuid 36]
            New Relic | NRAK-[upper 27]
            New Relic | NRJS-[hex 19]
            New Relic | NRII-[url 32]
            New Relic | NRIQ-[url 32]
            New Relic | NRRA-[hex 42]
            New Relic | eu01xx[word 34]
            pganalyze | pgar_[url 27]
            OneSignal | os_v2_app_[lower 100-110]
            OneSignal | os_v2_org_[lower 100-110]
            Onfido | api_live.[url 11].[url 32]
            Onfido | api_sandbox.[url 11].[url 32]
            Pinterest | pina_[upper 32]
            PostHog | phx_[word 43]
            Resend | re_[word 8]_[word 24]
            Salesforce | 00D[word 12-15]![any 60-140]
            Samsara | samsara_api_[word 30]
            Segment | sgp_[word 64]
            SendGrid | SG.[url 22].[url 43]
            SendGrid | SG.[url. 60-70]?
            Sidekiq | BUNDLE_GEMS__CONTRIBSYS__COM=[hex 8]:[hex 8]
            Slack | xoxb-[url 24-250]?
            Slack | xoxp-[url 24-250]?
            Slack | xoxa-[url 24-250]?
            Slack | xoxr-[url 24-250]?
            Slack | xoxs-[url 24-250]?
            Slack | xoxo-[url 24-250]?
            Slack | xoxc-[url 24-250]?
            Slack | xoxd-[path 40-400]?
            Slack | xoxe.xoxb-[url 40-300]?
            Slack | xoxe.xoxp-[url 40-300]?
            Slack | xoxe-[url 40-300]?
            Slack | xapp-[url 30-250]?
            Slack | hooks.slack.com/services/[path 40-120]
            Slack | hooks.slack.com/workflows/[path 40-120]
            Slack | hooks.slack.com/triggers/[path 40-120]
            Telnyx | KEY[hex 32]_[word 22]
            Trello | ATTA[hex 64-72]
            Twilio | SK[hex 32]
            Twitter | AAAAAAAAAAAAAAAAAAAAAA[path 60-200]
            Typeform | tfp_[url. 40-80]
            Ubidots | BBFF-[word 30]
            Ubidots | BBUS-[word 30]
            Zapier | hooks.zapier.com/hooks/catch/[digit 5-9]/[lower 6-12]
            Zoho | 1000.[hex 32].[hex 32]
            LinkedIn | WPL_AP1.[word 16].[base64 6-12]
            LINE | notify-api.line.me/[word 40-50]
            Feishu | open.feishu.cn/open-apis/bot/v2/hook/[uuid 36]
            DingTalk | oapi.dingtalk.com/robot/send?access_token=[hex 64]
            WeCom | qyapi.weixin.qq.com/cgi-bin/webhook/send?key=[uuid 36]
            """;

    private static final String PAYMENTS =
            """
            Braintree | access_token$production$[lower 16]$[hex 32]
            Braintree | access_token$sandbox$[lower 16]$[hex 32]
            Duffel | duffel_test_[url 43]
            Duffel | duffel_live_[url 43]
            EasyPost | EZAK[word 54]
            EasyPost | EZTK[word 54]
            Flutterwave | FLWSECK_TEST-[word 12-32]-X
            Flutterwave | FLWSECK-[word 32]-X
            Flutterwave | FLWSECK_TEST[word 12]
            GoCardless | live_[url 40]
            GoCardless | sandbox_[url 40]
            Lob | live_[hex 35]
            Lob | test_[hex 35]
            Mollie | live_[word 30]
            Paystack | sk_live_[hex 40]
            Plaid | access-sandbox-[uuid 36]
            Plaid | access-development-[uuid 36]
            Plaid | access-production-[uuid 36]
            Razorpay | rzp_live_[word 14-24]
            Razorpay | rzp_test_[word 14-24]
            SettleMint | sm_aat_[word 16]
            SettleMint | sm_pat_[word 16]
            SettleMint | sm_sat_[word 16]
            Shippo | shippo_live_[hex 40]
            Shippo | shippo_test_[hex 40]
            Shopify | shpat_[word 32-40]
            Shopify | shpss_[word 32-40]
            Shopify | shpca_[word 32-40]
            Shopify | shppa_[word 32-40]
            Shopify | shprt_[word 32-40]
            Square | sq0atp-[url 22]
            Square | sq0csp-[url 43]
            Square | EAAA[url 60]?
            Stripe | sk_test_[word 10-120]
            Stripe | sk_live_[word 10-120]
            Stripe | sk_prod_[word 10-120]
            Stripe | rk_test_[word 10-120]
            Stripe | rk_live_[word 10-120]
            Stripe | rk_prod_[word 10-120]
            Stripe | whsec_[base64 24-120]
            """;

    private static final String MODELS =
            """
            Anthropic | sk-ant-[url 32-250]
            Cerebras | csk-[lower 40-52]
            DeepSeek | sk-[hex 32]
            ElevenLabs | sk_[hex 48]
            Firecrawl | fc-[hex 32]
            Fireworks | fw_[word 22-30]
            Groq | gsk_[word 48-60]
            Hugging Face | hf_[word 34]
            Hugging Face | api_org_[word 34]
            Jina | jina_[url 50-70]
            LangSmith | lsv2_pt_[hex 32]_[hex 10]
            LangSmith | lsv2_sk_[hex 32]_[hex 10]
            LangSmith | ls__[hex 32]
            Langfuse | sk-lf-[uuid 36]
            Langfuse | pk-lf-[uuid 36]
            NVIDIA | nvapi-[url 60-80]
            OpenAI | sk-[url 32-200]?
            OpenAI | sk-proj-[url 32-250]
            OpenAI | sk-svcacct-[url 32-250]
            OpenAI | sk-admin-[url 32-250]
            OpenAI | sess-[word 40]
            OpenRouter | sk-or-v1-[hex 64]
            Perplexity | pplx-[word 40-60]
            Pinecone | pcsk_[word_ 60-80]
            Replicate | r8_[word 37-40]
            Tavily | tvly-[url 28-60]
            Together AI | tgp_v1_[url 40-50]
            Voyage AI | pa-[url 43]
            xAI | xai-[word 60-100]
            """;

    private static final String KEY_BODIES =
            """
            MII[base64 3]IBAAKC[base64 40-8000]
            MII[base64 3]IBAAKB[base64 40-8000]
            MII[base64 3]IBADANBgkq[base64 36-8000]
            MIGHAgEAMBMGByqGSM49[base64 36-400]
            MHcCAQEE[base64 40-400]
            MC4CAQAwBQYDK2Vw[base64 40-80]
            b3BlbnNzaC1rZXktdjEA[base64 36-8000]
            LS0tLS1CRUdJTiBSU0EgUFJJVkFURS[base64 30-16000]
            LS0tLS1CRUdJTiBQUklWQVRFIEtFW[base64 30-16000]
            LS0tLS1CRUdJTiBFQyBQUklWQVRF[base64 30-16000]
            LS0tLS1CRUdJTiBEU0EgUFJJVkFUR[base64 30-16000]
            LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg[base64 30-16000]
            LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFUR[base64 30-16000]
            Private-Lines: [digit 1-3]\\n[base64 32-64]
            """;

    /// A form and who publishes it.
    record Row(String vendor, String notation) {}

    private VendorTokens() {}

    /// How the bodies of private keys begin that stand without their header: DER of the usual
    /// kinds, OpenSSH's own form, whole PEM files in base64, and PuTTY's.
    static List<String> keyBodies() {
        return KEY_BODIES.lines().map(String::strip).toList();
    }

    static List<Row> rows() {
        return (CLOUDS + CODE + SERVICES + PAYMENTS + MODELS)
                .lines()
                .map(line -> line.split(" \\| ", 2))
                .map(cells -> new Row(cells[0].strip(), cells[1].strip()))
                .toList();
    }
}

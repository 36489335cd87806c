package io.spillway.policy.evaluate;

import io.spillway.policy.detect.FindingType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the labels of published sample sets mean in Spillway's types.
///
/// Letter case, `_`, `-`, `.` and blanks in a label do not matter. Each of Spillway's own type
/// names is a label too.
public final class Labels {
    /// Types that look alike to every detector, and that label sets do not tell apart.
    private static final Set<Set<String>> FAMILIES =
            Set.of(
                    Set.of("phone", "cn-mobile"),
                    Set.of("payment-card", "cn-bank-card"),
                    Set.of("us-ssn", "cn-id-card", "national-id"),
                    Set.of("iban", "bank-account"));

    private static final Map<String, String> ALIASES =
            aliases(
                    """
                    email: email address, e mail, email addr, mail, 邮箱, 电子邮箱, 电子邮件
                    phone: phone number, telephone, telephone num, telephone number, phone num, tel, fax, fax number, mobile, mobile number, mobile phone, 电话, 电话号码
                    cn-mobile: cn phone, cn phone number, cn mobile number, chinese mobile, 手机, 手机号, 手机号码
                    payment-card: credit card, credit card number, creditcardnumber, credit debit card, card number, payment card number, debit card, pan
                    cn-bank-card: bank card, bank card number, cn bank card number, 银行卡, 银行卡号
                    iban: iban code, iban number, iban num, bban
                    swift-code: swift, bic, swift bic, bic code, swift bic code
                    bank-account: us bank number, account num, account number, bank account number, bank number, bank routing, aba routing number, account no, uk sort code, 银行账号
                    ip-address: ip, ipv4, ipv6, ip addr
                    mac-address: mac, mac addr
                    cn-id-card: cn id card number, cn id card number only, cn id, cn id number, cn resident id, chinese id, resident id, 身份证, 身份证号, 身份证号码
                    us-ssn: ssn, social num, social number, social security number, us social security number
                    national-id: id card, id card num, id card number, id num, national id number, id number, government id, tax num, tax number, tax id, tax identification number, us itin, itin, ein, uk nino, nino, uk nhs, nhs number, uk utr, de tax id, de steuer id, fr nir, es nif, es nie, es dni, it fiscal code, it vat code, it identity card, pl pesel, fi personal identity code, in aadhaar, aadhaar, in pan, in voter, sg nric fin, sg uen, au tfn, au medicare, au abn, au acn, ca sin, kr rrn, kr frn, jp my number, br cpf, br cnpj, cpf, cnpj, tr tckn, nl bsn, be nrn, ch ahv, se personnummer, ng nin, th tnin, za id
                    passport: passport num, passport number, us passport, uk passport, in passport, it passport, kr passport, es passport, de passport, cn passport, 护照, 护照号, 护照号码
                    driving-licence: driver license, driver licence, drivers license, driver license num, driver license number, driver's license number, drivers license number, driving license, us driver license, it driver license, kr driver license, uk driving licence, de fuehrerschein, 驾驶证, 驾驶证号
                    vehicle-plate: vehicle vrm, vrm, license plate, licence plate, license plate number, plate number, number plate, in vehicle registration, uk vehicle registration, sg vehicle registration, ng vehicle registration, cn license plate, cn vehicle plate, vehicle plate number, 车牌, 车牌号, 车牌号码
                    date-of-birth: dob, date of birth, birth date, birthday, birthdate, 出生日期, 生日
                    medical-record: medical record number, mrn, patient id, medical id, health insurance number, health plan number, health plan beneficiary number, us mbi, us npi, 病历号
                    person: per, name, full name, person name, patient, doctor, staff, hcw, human, chinese name, cn name, 姓名, 人名
                    street-address: address, street addr, postal address, full address, home address, mailing address, 地址, 住址, 家庭住址
                    private-key: private ssh key, rsa private key, ssh key, pem
                    jwt: json web token
                    connection-string: database url, db connection string, connection url, dsn
                    access-token: api key, secret, secret key, token, access key, auth token, bearer token, aws access key, aws access token, aws secret key, github token, github pat, gitlab pat, gitlab token, slack token, slack bot token, slack webhook url, stripe access token, openai api key, private token, generic api key, http cookie
                    credential: password, pass, passwd, pwd, pin, credentials, passphrase, basic auth, 密码, 口令
                    source-code: code, source, program code
                    """);

    private static final Map<String, Kind.Part> PARTS =
            Map.ofEntries(
                    Map.entry("givenname", Kind.Part.NAME),
                    Map.entry("givenname1", Kind.Part.NAME),
                    Map.entry("givenname2", Kind.Part.NAME),
                    Map.entry("firstname", Kind.Part.NAME),
                    Map.entry("middlename", Kind.Part.NAME),
                    Map.entry("surname", Kind.Part.NAME),
                    Map.entry("lastname", Kind.Part.NAME),
                    Map.entry("lastname1", Kind.Part.NAME),
                    Map.entry("lastname2", Kind.Part.NAME),
                    Map.entry("lastname3", Kind.Part.NAME),
                    Map.entry("familyname", Kind.Part.NAME),
                    Map.entry("buildingnum", Kind.Part.ADDRESS),
                    Map.entry("buildingnumber", Kind.Part.ADDRESS),
                    Map.entry("street", Kind.Part.ADDRESS),
                    Map.entry("streetname", Kind.Part.ADDRESS),
                    Map.entry("secondaryaddress", Kind.Part.ADDRESS),
                    Map.entry("secaddress", Kind.Part.ADDRESS));

    private final Map<String, Kind> kinds = new HashMap<>();

    private Labels(Collection<String> ownTypes) {
        var secrets = new HashSet<String>();
        for (var type : FindingType.values()) {
            if (type.category().equals("secret")) {
                secrets.add(type.wire());
            }
        }
        for (var type : FindingType.values()) {
            var family = type.category().equals("secret") ? secrets : family(type.wire());
            kinds.put(normalized(type.wire()), new Kind(type.wire(), family, null));
        }
        ALIASES.forEach((label, type) ->
                kinds.putIfAbsent(label, kinds.getOrDefault(normalized(type), custom(type))));
        PARTS.forEach((label, part) -> {
            var type = part == Kind.Part.NAME ? "person" : "street-address";
            kinds.put(label, new Kind(type, Set.of(type), part));
        });
        for (var type : ownTypes) {
            kinds.put(normalized(type), custom(type));
        }
    }

    /// What is known for the built-in types.
    public static Labels builtIn() {
        return new Labels(Set.of());
    }

    /// As [#builtIn], with the types of a user's own dictionaries and patterns.
    public static Labels with(Collection<String> ownTypes) {
        return new Labels(ownTypes);
    }

    /// The type that an entity with this label counts under; empty when it is no type of Spillway.
    public Optional<String> type(String label) {
        return Optional.ofNullable(kind(label)).map(Kind::type);
    }

    @Nullable Kind kind(String label) {
        return kinds.get(normalized(label));
    }

    private static Kind custom(String type) {
        return new Kind(type, Set.of(type), null);
    }

    private static Set<String> family(String type) {
        for (var family : FAMILIES) {
            if (family.contains(type)) {
                return family;
            }
        }
        return Set.of(type);
    }

    private static Map<String, String> aliases(String table) {
        var aliases = new HashMap<String, String>();
        table.lines()
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    for (var alias : line.substring(colon + 1).split(",")) {
                        aliases.put(normalized(alias), line.substring(0, colon));
                    }
                });
        return Map.copyOf(aliases);
    }

    private static String normalized(String label) {
        var text = new StringBuilder(label.length());
        label.codePoints().filter(Character::isLetterOrDigit).forEach(text::appendCodePoint);
        return text.toString().toLowerCase(Locale.ROOT);
    }
}

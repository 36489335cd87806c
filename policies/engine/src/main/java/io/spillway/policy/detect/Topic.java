package io.spillway.policy.detect;

/// What a word near a number says the number is. Words are in the languages in which such documents
/// are written about.
///
/// A word of up to four ASCII letters stands alone; a longer one may go on (`telefon` is found in
/// `Telefonnummer`). A blank also stands for `-` and `_`. Every one begins a word, unless it is in
/// a script without blanks.
enum Topic {
    PHONE(
            """
            phone|answering at|messages to|my registered|telepho|telefo|teléf|téléph|telem|mobil|móvil|cell|cell |
            cellul|cellp|celular|handy|portable|tel|tél|tlf|tlfn|gsm|fax|call|callback|
            called|calling|dial|ring|whatsapp|sms|text me|reach|office|desk|hotline|
            helpline|contact|kontakt|rufnummer|anruf|rückruf|appel|
            llama|llame|llámam|llámem|ligue|ligar|chiam|recapito|fijo|bel mij|bereikbaar|ring mig|puhelin|
            soita|zadzwo|hubungi|电话|手机|致电|联系|传真|座机|拨打|热线|微信|
            電話|携帯|連絡|手機|聯絡|ファックス|전화|핸드폰|휴대|연락|елефон|тел.|Тел.|моб|звони|τηλ|Τηλ|κινητ|
            טלפון|נייד|هاتف|جوال|फोन|फ़ोन|मोबाइल|
            """),
    /// What stands before a number that was asked for.
    NUMBER(
            """
            my number|number is|the number|numéro est|nummer ist|número es|numero è|at number|号码|
            """),
    SOCIAL_SECURITY(
            """
            ssn|ssns|social sec|socialsec|social number|soc sec|s.s.n|itin|
            """),
    /// Words for the numbers by which states know people.
    NATIONAL(
            """
            national id|national ins|national num|nationalid|nationalns|nationaln|
            identity|identific|identité|identità|identida|id card|id number|id no|id #|
            idnumber|citizen|resident|personal num|personal code|personal id|tax|taxpayer|
            taxid|tin|itin|ssn|ein|social sec|social ins|social wel|nino|ni number|ni no|
            nhs|nis|utr|sin|tfn|abn|acn|ird|medicare|aadhaar|aadhar|adhar|uidai|uid|pan|
            pan card|gst|gstin|voter|epic|nric|fin no|fin number|uen|hkid|mykad|nric no|ktp|nik|
            kependudukan|cnic|nadra|my number|mynumber|steuer|idnr|idnr.|steueridentifik|
            sozialvers|rentenvers|versicherungsnummer|svnr|sv nummer|ausweis|
            personalausweis|ahv|avs|n° avs|navs|oasi|nir|insee|sécurité sociale|
            securite sociale|sécu|carte vitale|numéro fiscal|numero fiscal|dni|nie|nif|
            cif|nuss|cédula|cedula|curp|rfc|rut|cuit|cuil|cpf|cnpj|pis|pasep|nis/pis|
            rg|contribuinte|cartão de cidad|codice fiscale|cod. fisc|codicefiscale|c.f|
            partita iva|p.iva|p. iva|bsn|burgerservice|sofi|rijksregister|
            registre national|niss|insz|personnummer|personnr|person nr|samordning|
            organisationsn|orgnr|org nr|fødselsn|fodselsn|fnr|cpr|henkil|hetu|pesel|nip|
            regon|dowód|dowod|rodné|rodne|cnp|cod numeric|egn|егн|ЕГН|amka|αμκα|ΑΜΚΑ|αφμ|
            ΑΦΜ|afm|oib|jmbg|emšo|emso|isikukood|asmens kod|personas kod|taj|személyi|
            adóazon|tc kimlik|t.c|tckn|kimlik|vergi|pps|ppsn|teudat|zehut|תעודת|ת.ז|ת"ז|
            emirates id|iqama|nin|bvn|nrc|nid|cccd|cmnd|căn cước|philsys|philhealth|
            pagibig|sss|umid|rsa id|
            снилс|СНИЛС|инн|ИНН|іпн|ІПН|рнокпп|РНОКПП|паспорт|Паспорт|иин|ИИН|snils|inn|
            身份证|身分證|身份證|身份号|证件|證件|公民身份|统一编号|統一編號|居留|マイナンバー|個人番号|주민|등록번호|외국인등록|บัตรประชาชน|
            ประจำตัว|आधार|पैन|هوية|الهوية|
            """),
    PASSPORT(
            """
            passport|passeport|reisepass|passnummer|pass nr|pass no|passnr|pasaporte|
            passaporto|passaporte|paspoort|paszport|pasport|pașaport|pasaport|paspor|
            passi |
            pass |
            útlevél|travel doc|护照|護照|通行证|通行證|旅行证|パスポート|旅券|여권|аспорт|διαβατ|דרכון|جواز|
            पासपोर्ट|
            """),
    LICENCE(
            """
            driver lic|driver's|driver’s|driver id|driver n|driverlic|driving lic|drivers lic|drivinglic|licence n|license n|licence #|
            license #|licence is|license is|licence:|license:|dl|dl#|dln|dl no|d.l|dvla|
            dmv|führersch|fuehrersch|permis de|permis n|permis:|permiso de con|carnet de con|licencia de con|
            licencia|patente di g|patente|guida|carta de cond|carteira de hab|cnh|
            rijbewijs|körkort|førerkort|kørekort|ajokort|prawo jazdy|prawa jazdy|řidičsk|
            ehliyet|驾驶证|驾照|駕照|駕駛|运转免许|運転免許|免許証|운전면허|면허|водит|רישיון|
            """),
    PLATE(
            """
            vehicle num|vehicle id|reg.|license plate|licence plate|number plate|plate|plates|registration num|
            registration no|vehicle car reg|reg|reg no|kennzeichen|kfz|
            nummernschild|immatricul|plaque|matrícula|matricula|placa|targa|kenteken|
            tablice rej|rejestrac|nummerplade|registreringsn|rendszám|plaka|车牌|車牌|牌照|号牌|
            ナンバー|차량번호|번호판|госномер|номер авто|vin|chassis|车架|
            """),
    MEDICAL(
            """
            mrn|medical record|med rec|medicalrecord|patient id|patient n|patient #|
            patientid|patient mrn|patienten|hospital n|chart n|chart #|chart:|
            health record|health ins|health card|health plan|healthcare n|insurance id|
            insurance num|insurance no|insurance pol|insurance mem|member id|member num|
            subscriber id|policy num|beneficiary|mbi|hicn|npi|dea|medicare|medicaid|
            krankenvers|versichertenn|kvnr|krankenkasse|aktenzeichen pat|fallnummer|
            dossier médical|dossier patient|numéro de patient|historia cl|expediente m|
            nhc|número de paciente|tarjeta sanitaria|cartella clin|tessera sanit|
            prontuário|prontuario|cns|utente|patiëntn|patientnum|ehic|病历|病歷|病案|住院号|
            门诊号|就诊|医保|社保卡|患者番号|診察券|カルテ|保険証|환자번호|차트번호|건강보험|полис|омс|ОМС|карта пац|
            """),
    BIRTH(
            """
            born|birth|dob|d.o.b|dateofbirth|bday|b day|geboren|geburt|geb|né le|née le|
            né(e)|naissance|nacid|nació|nacimiento|f. nac|cumplea|nascid|nasciment|nasceu|
            nato il|nata il|nato a|nata a|nascita|geboort|geb. dat|födel|född|født|fødsel|
            syntym|urodz|narozen|narod|născut|nașter|rođen|született|születés|doğum|lahir|
            sinh ngày|ngày sinh|γεννη|Γεννη|ожден|родил|Родил|г.р|народ|生日|出生|生于|诞辰|生於|
            生年月日|誕生日|生まれ|생년월일|생일|출생|태어|נולד|תאריך לידה|ميلاد|जन्म|วันเกิด|
            """),
    BANK(
            """
            checking acc|iban|account n|account #|account is|account:|account id|accountn|acct|acct.|a/c|
            bank acc|bankacc|savings acc|current account|deposit acc|
            beneficiary acc|konto|kontonummer|kontonr|bankverb|compte|rib|cuenta|
            clabe|ccc|conto corrente|conto n|conta corrente|conta banc|conta:|conta n|da conta|agência|rekening|bankgiro|plusgiro|rachun|nr konta|účet|
            hesap|tilinumero|银行账|银行帐|账户|帐户|账号|帐号|开户|帳號|帳戶|口座|계좌|счет|счёт|р/с|
            """),
    ROUTING(
            """
            transit n|routing|aba|rtn|sort code|sortcode|blz|bankleitzahl|bsb|ifsc|
            micr|code banque|бик|БИК|bic|
            """),
    SWIFT(
            """
            swift|bic|bic/swift|swift/bic|iban|bank code|银行代码|银联国际|
            """),
    CARD(
            """
            card|cards|cc|charge|pay|paid|payment|zahl|credit|debit|visa|mastercard|amex|american exp|discover|diners|
            maestro|cvv|cvc|kreditkart|karte|carte|tarjeta|carta di|cartão|cartao|kaart|
            kort|卡号|信用卡|银行卡|カード|카드|карт|
            """),
    CHINESE_CARD(
            """
            银行卡|储蓄卡|借记卡|开户行|工资卡|账号|帐号|账户|银联|收款|bank card|unionpay|
            """),
    NETWORK(
            """
            ip|ips|ipv4|ipv6|ip addr|address|host|hosts|server|subnet|connect|ping|src=|
            dst=|loopback|unspecified|gateway|route|
            """),
    VERSION(
            """
            version|ver|ver.|release|section|chapter|build|firmware|driver ver|upgrade|
            clause|article|paragraph|figure|oid|§|版本|章节|バージョン|버전|верси|
            """),
    /// What numbers count or name that are about goods, not people.
    GOODS(
            """
            order|invoice|tracking|track|parcel|shipment|isbn|issn|ean|upc|gtin|sku|asin|
            part n|part no|item|product|serial|s/n|model|ticket|reference|ref|transaction|
            batch|lot|po|doi|patent|epoch|timestamp|seed|hash|bestell|rechnung|commande|
            facture|pedido|factura|fattura|ordine|订单|运单|单号|快递|发票|流水号|编号|金额|合同|注文|주문|
            """);

    static final int COUNT = values().length;

    /// A bit for each topic of documents that only a word tells from other numbers.
    static final int DOCUMENTS =
            1 << PASSPORT.ordinal()
                    | 1 << LICENCE.ordinal()
                    | 1 << PLATE.ordinal()
                    | 1 << MEDICAL.ordinal()
                    | 1 << BANK.ordinal()
                    | 1 << ROUTING.ordinal();

    private final String[] words;

    /// @param words with a bar behind each
    Topic(String words) {
        this.words = words.replace("\n", "").split("\\|");
    }

    String[] words() {
        return words;
    }
}

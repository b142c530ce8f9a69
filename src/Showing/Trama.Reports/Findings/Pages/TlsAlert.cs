using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.TlsAlert"/>.</summary>
internal static class TlsAlert
{
    public static FindingPage Page { get; } = new(FindingId.TlsAlert)
    {
        Label = ("refused with a TLS alert", "recusada com alerta TLS"),
        Text = static f => f.Say($"The {f.Sender} refused the TLS handshake", $"O {f.Sender} recusou o handshake TLS") + Alert(f) + ".",
        Advice = static f => f.Finding[FactName.AlertDescription] is >= 41 and <= 49
            ? f.Say(
                "compare the certificate with what its reader trusts: openssl s_client -connect HOST:PORT -showcerts",
                "compare o certificado com o que quem o lê aceita: openssl s_client -connect HOST:PORTA -showcerts")
            : f.Say(
                "compare versions, ciphers and names that both sides allow: openssl s_client -connect HOST:PORT -servername NAME",
                "compare versões, cifras e nomes que os dois lados aceitam: openssl s_client -connect HOST:PORTA -servername NOME"),
        What = (
            """
            A side ended the TLS handshake with a fatal alert, in the clear: it names the reason. TCP and the path did their
            work.
            """,
            """
            Um lado encerrou o handshake TLS com um alerta fatal, em claro: ele diz o motivo. O TCP e o caminho fizeram o seu
            trabalho.
            """),
        How = (
            """
            Before keys are agreed on, alerts are readable: two bytes, a level and a description. handshake_failure and
            protocol_version mean that the two have no cipher or version in common, unrecognized_name that the server has no
            such name, unknown_ca, bad_certificate and certificate_expired that the one who reads the certificate does not
            accept it. With TLS 1.3 most alerts are sealed, and only their size shows.
            """,
            """
            Antes de haver chaves, alertas são legíveis: dois bytes, um nível e uma descrição. handshake_failure e
            protocol_version dizem que os dois não têm cifra ou versão em comum, unrecognized_name que o servidor não tem esse
            nome, unknown_ca, bad_certificate e certificate_expired que quem lê o certificado não o aceita. No TLS 1.3 a maioria
            dos alertas vai selada, e só se vê o tamanho.
            """),
        Try = ["trama demo --fault tls-alert", "trama serve --port 5443 --tls", "curl --tls-max 1.0 https://localhost:5443/"],
        Cure = (
            """
            unknown_ca: install the issuer where the certificate is read, or send the whole chain. certificate_expired: renew,
            and check the clocks. protocol_version, handshake_failure: allow a version and a cipher that both have.
            unrecognized_name: use the name in the certificate.
            """,
            """
            unknown_ca: instale o emissor onde o certificado é lido, ou envie a cadeia inteira. certificate_expired: renove, e
            confira os relógios. protocol_version, handshake_failure: permita uma versão e uma cifra que os dois tenham.
            unrecognized_name: use o nome que está no certificado.
            """),
        See = "RFC 8446 (6), RFC 5246 (7.2)",
        Lesson = new(
            ("The server refuses the TLS handshake with an alert.",
                "O servidor recusa o handshake TLS com um alerta."),
            ("Seven bytes follow the client's hello: type 21, level 2, and the reason.",
                "Sete bytes seguem o hello do cliente: tipo 21, nível 2 e o motivo.")),
    };

    // RFC 8446 section 6, and of RFC 5246 section 7.2 what is still seen.
    private static string Alert(FindingFacts f) => f.Finding[FactName.AlertDescription] switch
    {
        10 => f.Say(": unexpected_message", ": unexpected_message (mensagem inesperada)"),
        20 => f.Say(": bad_record_mac", ": bad_record_mac (registro danificado)"),
        40 => f.Say(": handshake_failure, no settings in common", ": handshake_failure, sem ajustes em comum"),
        42 => f.Say(": bad_certificate", ": bad_certificate (certificado inválido)"),
        43 => f.Say(": unsupported_certificate", ": unsupported_certificate (certificado não suportado)"),
        44 => f.Say(": certificate_revoked", ": certificate_revoked (certificado revogado)"),
        45 => f.Say(": certificate_expired", ": certificate_expired (certificado vencido)"),
        46 => f.Say(": certificate_unknown, the certificate is not accepted", ": certificate_unknown, o certificado não é aceito"),
        47 => f.Say(": illegal_parameter", ": illegal_parameter (parâmetro ilegal)"),
        48 => f.Say(": unknown_ca, the issuer of the certificate is not trusted", ": unknown_ca, o emissor do certificado não é confiável"),
        49 => f.Say(": access_denied", ": access_denied (acesso negado)"),
        70 => f.Say(": protocol_version, no version in common", ": protocol_version, nenhuma versão em comum"),
        71 => f.Say(": insufficient_security", ": insufficient_security (segurança insuficiente)"),
        80 => f.Say(": internal_error", ": internal_error (erro interno)"),
        112 => f.Say(": unrecognized_name, no such server name", ": unrecognized_name, nome de servidor desconhecido"),
        116 => f.Say(": certificate_required", ": certificate_required (certificado exigido)"),
        120 => f.Say(": no_application_protocol in common", ": no_application_protocol, nenhum protocolo em comum"),
        _ => f.With(FactName.AlertDescription, " with alert #", " com o alerta #"),
    };
}

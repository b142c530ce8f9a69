using System.Globalization;
using Trama.Framing;
using Trama.Framing.Tls;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Summary;

/// <summary>The part of a summary on connections that speak TLS: a line each.</summary>
internal sealed class TlsTable(TextOptions options)
{
    private const int LongestName = 40;

    /// <summary>Draws the lines of those among some connections that speak TLS; nothing when none does.</summary>
    public void Draw(StyledText text, IEnumerable<Connection> connections)
    {
        Language language = options.Language;
        var table = new TextTable(
            ("#", true, 0), ("TLS", false, 0), (language.Pick("server name", "nome do servidor"), false, 0), ("ALPN", false, 1),
            (language.Pick("handshake", "negociação"), true, 2), (language.Pick("cipher suite", "cifra"), false, 4),
            (language.Pick("certificate", "certificado"), false, 5), (language.Pick("until", "até"), false, 6),
            (language.Pick("alert", "alerta"), false, 3),
            ("", false, 1));
        bool any = false;
        foreach (Connection connection in connections)
        {
            if (connection.Tls is not { } tls) continue;
            any = true;
            table.Add(Cells(connection, tls));
        }

        if (!any) return;
        text.EndLine();
        table.Draw(text, options);
    }

    private string[] Cells(Connection connection, TlsFacts tls) =>
    [
        connection.Id.ToString(CultureInfo.InvariantCulture), tls.Version ?? "-", Visible(tls.ServerName), Visible(tls.Alpn),
        connection.TlsTimes?.TotalNs is { } time ? DurationText.Of(time, options) : "-",
        tls.Cipher ?? "-", Visible(tls.Certificate?.Subject),
        tls.Certificate?.NotAfter.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        tls.Alerts.FirstOrDefault(alert => !alert.IsClose) is { Level: > 0 } alert ? alert.Name : "", State(tls),
    ];

    private string State(TlsFacts tls)
    {
        var words = new List<string>();
        if (tls.IsDecrypted) words.Add(options.Language.Pick("decrypted", "decifrada"));
        if (tls.IsResumed == true) words.Add(options.Language.Pick("resumed", "retomada"));
        return string.Join(", ", words);
    }

    // What a peer said, for a terminal.
    private string Visible(string? said)
    {
        if (string.IsNullOrEmpty(said)) return "-";
        string shown = options.Ascii ? TextWidth.ToAscii(VisibleText.Of(said)) : VisibleText.Of(said);
        return shown.Length <= LongestName ? shown : string.Concat(shown.AsSpan(0, LongestName - 1), options.Ascii ? "." : "…");
    }
}

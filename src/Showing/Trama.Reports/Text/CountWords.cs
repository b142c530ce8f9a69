using System.Globalization;

namespace Trama.Reports.Text;

/// <summary>Numbers of things, in words that agree with them.</summary>
public static class CountWords
{
    /// <summary><c>3 packets</c>.</summary>
    public static string Packets(long count, Language language) =>
        Of(count, language.Pick("packet", "pacote"), language.Pick("packets", "pacotes"));

    /// <summary><c>3 connections</c>.</summary>
    public static string Connections(long count, Language language) =>
        Of(count, language.Pick("connection", "conexão"), language.Pick("connections", "conexões"));

    /// <summary><c>3 exchanges</c>.</summary>
    public static string Exchanges(long count, Language language) =>
        Of(count, language.Pick("exchange", "troca"), language.Pick("exchanges", "trocas"));

    /// <summary><c>3 findings</c>.</summary>
    public static string Findings(long count, Language language) =>
        Of(count, language.Pick("finding", "achado"), language.Pick("findings", "achados"));

    /// <summary><c>3 segments</c>.</summary>
    public static string Segments(long count, Language language) =>
        Of(count, language.Pick("segment", "segmento"), language.Pick("segments", "segmentos"));

    /// <summary><c>3 sockets</c>, in either language.</summary>
    public static string Sockets(long count) => Of(count, "socket", "sockets");

    /// <summary>A number with its digits in groups of three: <c>800,000</c>, in Portuguese <c>800.000</c>.</summary>
    public static string Grouped(long count, Language language)
    {
        string text = count.ToString("#,0", CultureInfo.InvariantCulture);
        return language == Language.Portuguese ? text.Replace(',', '.') : text;
    }

    private static string Of(long count, string one, string many) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);
}

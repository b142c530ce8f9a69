using Trama.Reports.Forms;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>The part of a connection that is drawn, where the whole would be too much.</summary>
/// <param name="Drawn">How many are drawn: the first.</param>
/// <param name="All">How many there are.</param>
/// <param name="AreExchanges">Whether exchanges are counted; else segments.</param>
public readonly record struct DrawnPart(long Drawn, long All, bool AreExchanges)
{
    private const string Options = "--connection, --between T1..T2";

    /// <summary>The part of a connection that was kept; null when all of it was.</summary>
    public static DrawnPart? Of(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.OmittedExchanges > 0) return new DrawnPart(connection.Exchanges.Count,
            connection.Exchanges.Count + connection.OmittedExchanges, AreExchanges: true);
        if (connection.OmittedSegments > 0) return new DrawnPart(connection.Segments.Count,
            connection.Segments.Count + connection.OmittedSegments, AreExchanges: false);
        return null;
    }

    /// <summary>That a page draws a part of the connections, and how another part is chosen.</summary>
    public static string OfConnections(long drawn, long all, Language language)
    {
        (string first, string count) = (CountWords.Grouped(drawn, language), CountWords.Grouped(all, language));
        string listed = all <= FormBounds.Listed ? "" : language.Pick($", and {CountWords.Grouped(FormBounds.Listed, language)} listed",
            $", e {CountWords.Grouped(FormBounds.Listed, language)} listadas");
        return language.Pick(
            $"{first} of {count} connections are drawn{listed}; choose with {Options}",
            $"{first} de {count} conexões estão desenhadas{listed}; escolha com {Options}");
    }

    /// <summary>What is drawn, and how another part is chosen.</summary>
    public string Words(Language language)
    {
        string drawn = CountWords.Grouped(Drawn, language), all = CountWords.Grouped(All, language);
        return AreExchanges
            ? language.Pick($"the first {drawn} of {all} exchanges are drawn; choose with {Options}",
                $"as primeiras {drawn} de {all} trocas estão desenhadas; escolha com {Options}")
            : language.Pick($"the first {drawn} of {all} segments are drawn; choose with {Options}",
                $"os primeiros {drawn} de {all} segmentos estão desenhados; escolha com {Options}");
    }
}

using System.Globalization;
using Trama.Framing;
using Trama.Tracing;

namespace Trama.Reports.Text;

/// <summary>Processes as text: <c>curl 4711</c>, <c>nginx 90 (docker://3f4a…)</c>.</summary>
public static class ProcessText
{
    private const int LongestPart = 40;

    // As the tools that list containers shorten them.
    private const int ShortIdentifier = 12;

    /// <summary>The process of a side, or a question mark and the container where only that is known; null when nothing is.</summary>
    public static string? Of(SideProcess? process)
    {
        if (process is not { IsKnown: true } and not { Container: not null }) return null;
        string place = process.Container is { } container ? $" ({Visible(Short(container))})" : "";
        if (!process.IsKnown) return "?" + place;
        string name = process.Command is { } command ? Visible(command) + " " : "";
        return name + string.Join(',', process.Ids.Select(id => id.ToString(CultureInfo.InvariantCulture))) + place;
    }

    /// <summary>The name of a side, and behind it that side's process where it is known.</summary>
    public static string Behind(string name, SideProcess? process) => Of(process) is { } known ? $"{name} {known}" : name;

    /// <summary>
    /// Both sides of a connection, <c>curl 4711 &gt; nginx 90</c>, with a question mark for one that is not known; null when neither is.
    /// </summary>
    public static string? OfBoth(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        string? client = Of(connection.Process(Side.Client)), server = Of(connection.Process(Side.Server));
        return client is null && server is null ? null : $"{client ?? "?"} > {server ?? "?"}";
    }

    /// <summary>
    /// The processes of both sides as a sentence: who asked, and whether anybody listens; null when neither is known.
    /// </summary>
    public static string? Sentence(SideProcess? client, SideProcess? server, Language language)
    {
        string? asked = Of(client), answers = Of(server);
        if (server is { IsNobody: true })
        {
            string nobody = language.Pick("refused by nothing: no program listens there",
                "recusada por ninguém: nenhum programa escuta ali");
            return asked is null ? nobody : nobody + language.Pick($"; {asked} asked", $"; {asked} pediu");
        }

        if (asked is null && answers is null) return null;
        string who = asked is null ? "" : language.Pick($"client {asked}", $"cliente {asked}");
        if (answers is null) return who;
        return who + (who.Length > 0 ? ", " : "") + language.Pick($"server {answers}", $"servidor {answers}");
    }

    private static string Short(string container)
    {
        int start = container.IndexOf("://", StringComparison.Ordinal) is >= 0 and int at ? at + 3 : 0;
        return container.Length - start > 4 * ShortIdentifier ? container[..(start + ShortIdentifier)] : container;
    }

    private static string Visible(string text) => TextWidth.Fit(VisibleText.Of(text), LongestPart);
}

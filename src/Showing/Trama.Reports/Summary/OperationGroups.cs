using System.Globalization;
using System.Text;
using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.Reports.Summary;

/// <summary>Counts exchanges by the group of their operation (<c>GET /users/:id</c>), and draws the table of those that are most
/// frequent.</summary>
internal sealed class OperationGroups
{
    private const int MaxGroups = 1000;
    private const int Drawn = 20;
    private const int LongestGroup = 48;

    private readonly Dictionary<int, List<OperationTotals>> _byHash = [];
    private OperationTotals? _latest;
    private int _count;
    private long _others;

    /// <summary>Counts an exchange; one without a group counts nowhere.</summary>
    public void Add(in ExchangeFigures figures, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> group)
    {
        if (group.IsEmpty || protocol.IsEmpty) return;
        if (_latest?.IsOf(protocol, group) != true) _latest = Of(protocol, group);
        if (_latest is not { } totals)
        {
            _others++;
            return;
        }

        totals.Exchanges++;
        if (figures.HasFailed) totals.Failed++;
        if (figures.ServerNs is { } time) totals.ServerTimes.Add(time);
    }

    /// <summary>Draws the table; nothing when no exchange has a group.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        if (_count == 0) return;
        Language language = options.Language;
        var table = new TextTable(
            (language.Pick("operation", "operação"), false, 0), (language.Pick("protocol", "protocolo"), false, 4),
            (language.Pick("exch.", "trocas"), true, 0), (language.Pick("failed", "falhas"), true, 0),
            (language.Pick("server p50", "serv. p50"), true, 0), ("p90", true, 3), ("p99", true, 1),
            (language.Pick("max", "máx"), true, 2));
        OperationTotals[] all =
        [
            .. _byHash.Values.SelectMany(groups => groups)
                .OrderByDescending(totals => totals.Exchanges).ThenBy(totals => VisibleText.Of(totals.Group.Span), StringComparer.Ordinal),
        ];
        foreach (OperationTotals totals in all.Take(Drawn)) table.Add(Cells(totals, options));
        text.EndLine();
        table.Draw(text, options);
        long more = _others + all.Skip(Drawn).Sum(totals => totals.Exchanges);
        if (more == 0) return;
        string count = CountWords.Exchanges(more, language);
        text.Add(language.Pick($"other operations: {count}", $"outras operações: {count}"), TextStyle.Dim).EndLine();
    }

    // Null when there are too many groups.
    private OperationTotals? Of(ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> group)
    {
        var hash = new HashCode();
        hash.AddBytes(group);
        int key = hash.ToHashCode();
        if (!_byHash.TryGetValue(key, out List<OperationTotals>? groups)) groups = [];
        foreach (OperationTotals totals in groups)
            if (totals.IsOf(protocol, group)) return totals;
        if (_count == MaxGroups) return null;
        _count++;
        _byHash[key] = groups;
        var added = new OperationTotals(protocol.ToArray(), group.ToArray());
        groups.Add(added);
        return added;
    }

    private static string[] Cells(OperationTotals totals, TextOptions options)
    {
        string group = VisibleText.Of(totals.Group.Span);
        if (options.Ascii) group = TextWidth.ToAscii(group);
        return
        [
            TextWidth.Fit(group, LongestGroup, options.Ascii ? "..." : "…"), Encoding.ASCII.GetString(totals.Protocol.Span),
            Number(totals.Exchanges), totals.Failed == 0 ? "" : Number(totals.Failed),
            Duration(totals.ServerTimes.Percentile(0.5), options), Duration(totals.ServerTimes.Percentile(0.9), options),
            Duration(totals.ServerTimes.Percentile(0.99), options),
            Duration(totals.ServerTimes.Count == 0 ? null : totals.ServerTimes.Longest, options),
        ];
    }

    private static string Duration(long? nanoseconds, TextOptions options) =>
        nanoseconds is { } known ? DurationText.Of(known, options) : "-";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Trama.Framing;
using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Sockets;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Listing;

/// <summary>Draws <c>trama ps</c>: a line for each socket, the sick ones first; healthy ones that are alike may share a line.</summary>
/// <param name="options">How text is written.</param>
/// <param name="choice">Which sockets are asked for.</param>
/// <param name="sort">Their order; null for the sick ones first.</param>
internal sealed class SocketTableText(TextOptions options, SocketChoice choice, string? sort)
{
    private const int LongestName = 32;
    private const int LongestEndpoint = 27;

    private readonly Language _language = options.Language;
    private readonly string _dash = options.Ascii ? "-" : "–";

    /// <summary>The text; its lines end with LF.</summary>
    public string Draw(IReadOnlyList<SocketRow> rows) => string.Concat(Lines(rows).Select(line => line + "\n"));

    /// <summary>The titles, then each line; one whose note has no room behind it has two.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<SocketRow> rows)
    {
        bool areListeners = rows.Count > 0 ? rows.All(row => row.Socket.State == TcpSocketState.Listening) : choice.Listening;
        return (areListeners ? Listeners(rows) : Connections(rows)).Lines(options);
    }

    private TextTable Connections(IReadOnlyList<SocketRow> rows)
    {
        string up = options.Ascii ? "out/s" : "↑/s", down = options.Ascii ? "in/s" : "↓/s";
        // Who looks once sees no course.
        bool hasCourse = rows.Any(row => row.History is { Count: > 1 });
        (string, bool, int)[] course = hasCourse ? [(_language.Pick("RATES", "TAXAS"), false, 5), ("RTTS", false, 10)] : [];
        var table = new TextTable([
            ("", false, 0), (_language.Pick("PROCESS", "PROCESSO"), false, 0), (_language.Pick("USER", "USUÁRIO"), false, 9),
            ("LOCAL", false, 0),
            (_language.Pick("PEER", "OUTRO LADO"), false, 0), (_language.Pick("STATE", "ESTADO"), false, 0),
            (_language.Pick("AGE", "IDADE"), true, 4), ("RECV-Q", true, 6), ("SEND-Q", true, 7), ("RETR", true, 8), ("RTT", true, 5),
            (up, true, 2), (down, true, 3), .. course]);
        foreach (SocketGroup group in SocketSorts.Sorted(SocketGroup.Of(rows, choice.All), sort))
            table.Add(hasCourse ? [.. Cells(group), Course(group.Rates), Course(group.RttsNs)] : Cells(group), Note(group.First));
        return table;
    }

    private string Course(IReadOnlyList<long?> values) =>
        values.Any(value => value is not null) ? Sparkline.Of(values, options.Ascii) : "";

    private TextTable Listeners(IReadOnlyList<SocketRow> rows)
    {
        var table = new TextTable(
            ("", false, 0), (_language.Pick("PROCESS", "PROCESSO"), false, 0), (_language.Pick("USER", "USUÁRIO"), false, 3),
            ("LOCAL", false, 0),
            (_language.Pick("WAITING", "ESPERAM"), true, 1), (_language.Pick("AT MOST", "NO MÁXIMO"), true, 2));
        foreach (SocketRow row in SocketGroup.Sorted(rows))
        {
            table.Add(
                [Mark(row), Process(row), Visible(row.User), Endpoint(row.Socket.Local), Number(row.Socket.ReceiveQueue),
                    Number(row.Socket.SendQueue)],
                Note(row));
        }

        return table;
    }

    private string[] Cells(SocketGroup group)
    {
        SocketRow row = group.First;
        TcpSocket socket = row.Socket;
        string many = options.Ascii ? "..." : "…";
        bool isOne = group.Count == 1;
        return
        [
            Mark(row), Process(row) + (isOne ? "" : $" {(options.Ascii ? "x" : "×")}{Number(group.Count)}"), Visible(row.User),
            isOne || group.IsServer ? Endpoint(socket.Local) : many, isOne || !group.IsServer ? Endpoint(socket.Peer) : many,
            socket.State.Name(), isOne ? Age(row.Age)
                : _dash, Quantity(group.ReceiveQueue), Quantity(group.SendQueue), Quantity(group.Retransmissions),
            group.RttNs is { } rtt ? DurationText.Of(rtt, _language, options.Ascii) : _dash, Rate(group.SendRate), Rate(group.ReceiveRate),
        ];
    }

    private string Mark(SocketRow row) => row.Ailment is null ? "" : options.Ascii ? "!" : "●";

    private string Note(SocketRow row) => row.Ailment is not { } ailment ? ""
        : $"{_language.Pick(ailment.English, ailment.Portuguese)} ({FindingNames.Of(ailment.Finding)})";

    // "java 812 (docker 3f4a52e1c07b)"; of several holders the first, and how many more.
    private string Process(SocketRow row)
    {
        if (row.Processes is not [ProcessFacts first, ..]) return (row.Socket.Inode == 0 ? _dash : "?") + Place(row.Container);
        string more = row.Processes.Count == 1 ? "" : $" +{Number(row.Processes.Count - 1)}";
        return $"{Visible(first.Name)} {Number(first.Id)}{more}{Place(first.Container)}";
    }

    private string Place(Container? container) => container is null ? "" : $" ({Visible(container.ToString())})";

    private string Age(SocketAge? age) => age is not { } known ? _dash
        : (known.IsExact ? "" : options.Ascii ? ">=" : "≥") + DurationText.Of(known.Ns, _language, options.Ascii);

    private string Quantity(long bytes) => bytes == 0 ? "0" : bytes < SizeText.Exact ? Number(bytes) : SizeText.Of(bytes, _language);

    private string Rate(double? rate) => rate is { } known ? Quantity((long)known) : _dash;

    private string Visible(string name)
    {
        string text = VisibleText.Of(name);
        return TextWidth.Fit(options.Ascii ? TextWidth.ToAscii(text) : text, LongestName, options.Ascii ? "..." : "…");
    }

    private string Endpoint(System.Net.IPEndPoint endpoint)
    {
        string text = endpoint.ToString();
        if (text.Length <= LongestEndpoint) return text;
        return string.Concat(text.AsSpan(0, 11), options.Ascii ? "..." : "…", text.AsSpan(text.Length - 13));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

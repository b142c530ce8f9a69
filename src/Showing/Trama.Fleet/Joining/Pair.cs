using System.Security.Cryptography;
using System.Text;
using Trama.Fleet.Sending;
using Trama.Fleet.Tickets;
using Trama.Rows.Tables;

namespace Trama.Fleet.Joining;

/// <summary>Two ends of one connection, which found each other.</summary>
/// <param name="By">What the key under which they did is made of.</param>
/// <param name="One">The end whose sensor's name comes first.</param>
/// <param name="Other">The other end.</param>
public sealed record Pair(TicketKind By, Ticket One, Ticket Other)
{
    private const int NameBytes = 16;

    /// <summary>What tells it from all others, whichever end came first.</summary>
    public (string, long, long, string, long, long) Id =>
        (One.Sensor, One.RunAt, One.Connection, Other.Sensor, Other.RunAt, Other.Connection);

    /// <summary>The same as a name that a file can have: 32 hexadecimal digits.</summary>
    public string Name => NameOf(Id);

    /// <summary>Whether the connection was open, as far as either end had told.</summary>
    public bool IsEarly => One.IsEarly || Other.IsEarly;

    /// <summary>How bad the worst finding of either end is, as <see cref="Diagnosis.Severity"/> counts; absent without one.</summary>
    public long? Severity => One.Severity is null ? Other.Severity
        : Other.Severity is null ? One.Severity : Math.Max(One.Severity.Value, Other.Severity.Value);

    /// <summary>Makes one.</summary>
    public static Pair Of(TicketKind by, Ticket one, Ticket other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return string.CompareOrdinal(one.Sensor, other.Sensor) <= 0 ? new Pair(by, one, other) : new Pair(by, other, one);
    }

    /// <summary>What tells a pair from all others, by its row or by that of its verdict.</summary>
    public static (string, long, long, string, long, long) IdOf(ReadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.Text("one"), row.Number("oneRunAt") ?? 0, row.Number("oneConnection") ?? 0,
            row.Text("other"), row.Number("otherRunAt") ?? 0, row.Number("otherConnection") ?? 0);
    }

    /// <summary>What is <see cref="Name"/> of a pair.</summary>
    public static string NameOf((string, long, long, string, long, long) id) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(id.ToString())).AsSpan(0, NameBytes));

    /// <summary>Whether a text can be the name of a pair.</summary>
    public static bool IsName(string text) => text?.Length == 2 * NameBytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Reads its row, as far as that tells of its ends.</summary>
    /// <param name="row">A row of <see cref="FleetTable.Pairs"/>.</param>
    public static Pair Read(ReadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        TicketKind by = Enum.TryParse(row.Text("by"), ignoreCase: true, out TicketKind kind) ? kind : TicketKind.Tuple;
        return new Pair(by, End(row, "one"), End(row, "other"));
    }

    /// <summary>Writes its row.</summary>
    /// <param name="at">When it was found, in nanoseconds since the Unix epoch.</param>
    /// <param name="output">A table of <see cref="FleetTable.Pairs"/>.</param>
    public void Write(long at, TableOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Add(at);
        output.AddName(By.ToString().ToLowerInvariant());
        Write(One, output);
        Write(Other, output);
        output.Add(Severity);
        output.AddName(One.Severity >= (Other.Severity ?? -1) ? One.Finding : Other.Finding);
        output.Add(IsEarly ? 1 : 0);
        output.EndRow();
    }

    // How bad it is stands once for both ends.
    private static Ticket End(ReadRow row, string end) => new()
    {
        Sensor = row.Text(end),
        Connection = row.Number(end + "Connection") ?? 0,
        RunAt = row.Number(end + "RunAt") ?? 0,
        Client = row.Text(end + "Client"),
        Server = row.Text(end + "Server"),
        OpenedAt = row.Number(end + "OpenedAt") ?? 0,
        LastAt = row.Number(end + "LastAt") ?? 0,
        Severity = row.Number("severity"),
        Finding = row.Text("finding"),
        IsEarly = row.Number("early") == 1,
    };

    private static void Write(Ticket end, TableOutput output)
    {
        output.AddName(end.Sensor);
        output.Add(end.Connection);
        output.Add(end.RunAt);
        output.AddName(end.Client);
        output.AddName(end.Server);
        output.Add(end.OpenedAt);
        output.Add(end.LastAt);
    }
}

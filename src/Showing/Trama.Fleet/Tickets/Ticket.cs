using Trama.Fleet.Sending;
using Trama.Rows.Tables;

namespace Trama.Fleet.Tickets;

/// <summary>What one end publishes of a connection, once under each of its keys.</summary>
public sealed record Ticket
{
    /// <summary>Its keys, absent where the end cannot compute one.</summary>
    public long? NumbersKey { get; init; }

    /// <inheritdoc cref="NumbersKey"/>
    public long? BytesKey { get; init; }

    /// <inheritdoc cref="NumbersKey"/>
    public long? SynKey { get; init; }

    /// <inheritdoc cref="NumbersKey"/>
    public long? TupleKey { get; init; }

    /// <summary>Who saw it; known once it arrived.</summary>
    public string Sensor { get; init; } = "";

    /// <summary>The connection's number in the sensor's run.</summary>
    public long Connection { get; init; }

    /// <summary>When that run began, in nanoseconds since the Unix epoch by the sensor's clock, as the times below.</summary>
    public long RunAt { get; init; }

    /// <summary>The client, as this end sees it.</summary>
    public string Client { get; init; } = "";

    /// <summary>The server, likewise.</summary>
    public string Server { get; init; } = "";

    /// <summary>When its first packet was seen.</summary>
    public long OpenedAt { get; init; }

    /// <summary>When its last packet was seen.</summary>
    public long LastAt { get; init; }

    /// <summary>What became of it.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether the connection was open when this was made: there will be another one of it.</summary>
    public bool IsEarly { get; init; }

    /// <summary>What the client sent.</summary>
    public TicketStream ToServer { get; init; }

    /// <summary>What the server sent.</summary>
    public TicketStream ToClient { get; init; }

    /// <summary>How bad the worst finding is, as <see cref="Diagnosis.Severity"/> counts; absent without one.</summary>
    public long? Severity { get; init; }

    /// <summary>The first finding's name; empty without one.</summary>
    public string Finding { get; init; } = "";

    /// <summary>Whether this end is the one that another ticket is of.</summary>
    public bool IsOf(Ticket other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Connection == other.Connection && RunAt == other.RunAt && Sensor == other.Sensor;
    }

    // Streams whose beginning was not seen never have a key of their first bytes.
    private bool MayKnowBytes => IsEarly && BytesKey is null && ToServer.HasSyn;

    private bool KnowsBytes => BytesKey is not null || MayKnowBytes;

    /// <summary>Its keys, those first under which it is joined first.</summary>
    public IEnumerable<(TicketKind Kind, long Key)> Keys
    {
        get
        {
            foreach (TicketKind kind in Enum.GetValues<TicketKind>())
                if (KeyOf(kind) is { } key) yield return (kind, key);
        }
    }

    /// <summary>The key of a kind.</summary>
    public long? KeyOf(TicketKind kind) => kind switch
    {
        TicketKind.Numbers => NumbersKey,
        TicketKind.Bytes => BytesKey,
        TicketKind.Syn => SynKey,
        _ => TupleKey,
    };

    /// <summary>Under which of their keys two ends are joined; null when they are no ends of one connection.</summary>
    public TicketKind? JoinedBy(Ticket other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Sensor == other.Sensor) return null;
        foreach (TicketKind kind in Enum.GetValues<TicketKind>())
        {
            // While the bytes of either end may come to be known, a lesser key could join what these join again.
            if (kind > TicketKind.Numbers && ((MayKnowBytes && other.KnowsBytes) || (other.MayKnowBytes && KnowsBytes))) return null;
            if (KeyOf(kind) is not { } key || key != other.KeyOf(kind)) continue;
            return IsConfirmed(kind, other) ? kind : null;
        }

        return null;
    }

    /// <summary>Writes it.</summary>
    public void Write(TicketKind by, TableOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Add((long)by);
        output.Add(KeyOf(by));
        output.Add(NumbersKey);
        output.Add(BytesKey);
        output.Add(SynKey);
        output.Add(TupleKey);
        output.Add(Connection);
        output.Add(RunAt);
        output.AddName(Client);
        output.AddName(Server);
        output.Add(OpenedAt);
        output.Add(LastAt);
        output.AddName(State);
        Write(ToServer, output);
        Write(ToClient, output);
        output.Add(Severity);
        output.AddName(Finding);
        output.Add(IsEarly ? 1 : 0);
        output.EndRow();
    }

    /// <summary>Reads what <see cref="Write(TicketKind, TableOutput)"/> wrote.</summary>
    /// <param name="row">The row.</param>
    /// <param name="sensor">Who sent it.</param>
    /// <param name="by">The kind of the key under which it came.</param>
    public static Ticket Read(ReadRow row, string sensor, out TicketKind by)
    {
        ArgumentNullException.ThrowIfNull(row);
        by = (TicketKind)(row.Number("by") ?? 0);
        return new Ticket
        {
            NumbersKey = row.Number("numbersKey"),
            BytesKey = row.Number("bytesKey"),
            SynKey = row.Number("synKey"),
            TupleKey = row.Number("tupleKey"),
            Sensor = sensor,
            Connection = row.Number("connection") ?? 0,
            RunAt = row.Number("runAt") ?? 0,
            Client = row.Text("client"),
            Server = row.Text("server"),
            OpenedAt = row.Number("openedAt") ?? 0,
            LastAt = row.Number("lastAt") ?? 0,
            State = row.Text("state"),
            ToServer = Stream(row, "toServer"),
            ToClient = Stream(row, "toClient"),
            Severity = row.Number("severity"),
            Finding = row.Text("finding"),
            IsEarly = row.Number("early") == 1,
        };
    }

    private static TicketStream Stream(ReadRow row, string name) => new(
        row.Number(name + "Start") is { } start ? unchecked((uint)start) : null, Math.Max(0, row.Number(name + "Bytes") ?? 0),
        row.Number(name + "Syn") == 1, (int)Math.Clamp(row.Number(name + "Head") ?? 0, 0, TicketKeys.HeadBytes),
        unchecked((uint)(row.Number(name + "Hash") ?? 0)));

    private static void Write(in TicketStream stream, TableOutput output)
    {
        output.Add(stream.Start);
        output.Add(stream.Bytes);
        output.Add(stream.HasSyn ? 1 : 0);
        output.Add(stream.Head);
        output.Add(stream.Hash);
    }

    private bool IsConfirmed(TicketKind kind, Ticket other)
    {
        bool isRenumbered = kind == TicketKind.Bytes;
        if (!ToServer.Fits(other.ToServer, isRenumbered) || !ToClient.Fits(other.ToClient, isRenumbered)) return false;
        // Addresses and ports alone are the same at many sites.
        return kind != TicketKind.Tuple || (Client == other.Client && Server == other.Server && ToServer.Tells(other.ToServer)
            && ToClient.Tells(other.ToClient));
    }
}

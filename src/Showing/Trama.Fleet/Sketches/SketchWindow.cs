using Trama.Framing;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Fleet.Sketches;

/// <summary>Ten seconds of exchanges: a sketch for each service, operation and client's address.</summary>
/// <param name="output">Takes the rows, when the ten seconds are over.</param>
public sealed class SketchWindow(TableOutput output)
{
    /// <summary>How long a window is, in nanoseconds.</summary>
    public const long LengthNs = 10_000_000_000;

    // What is beyond counts with its service, under no operation's name; and what is beyond that, nowhere but in the exchanges.
    private const int MostSketches = 2000;
    private const int MostServices = 4000;

    private readonly Dictionary<(Endpoint Server, IpAddress Client, string Operation), Sketched> _sketches = [];
    private long _window = long.MinValue;

    /// <summary>How many exchanges found no place.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds an exchange.</summary>
    public void Add(Connection connection, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(exchange);
        long window = exchange.LastAt.Nanoseconds / LengthNs;
        // One that ends late for its window, as one in the order of another connection does, counts in the one that is open.
        if (window > _window) Turn(window);
        string operation = exchange.Group.Length == 0 ? exchange.Protocol ?? ""
            : VisibleText.Of(exchange.Group.Span);
        var key = (connection.Server, connection.Client.Address, operation);
        if (!_sketches.TryGetValue(key, out Sketched? sketch))
        {
            if (_sketches.Count >= MostSketches) key.operation = "";
            if (!_sketches.TryGetValue(key, out sketch))
            {
                if (_sketches.Count >= MostServices)
                {
                    LeftOut++;
                    return;
                }

                _sketches[key] = sketch = new Sketched();
            }
        }

        sketch.Count++;
        if (exchange.Failed == true || (exchange.Reply is null && exchange.ReplyDue == true)) sketch.Failed++;
        if (exchange.TotalNs is { } took) sketch.Took.Add(took);
    }

    /// <summary>Writes the window, when it is over.</summary>
    /// <param name="nowNs">What time it is by the packets' clock.</param>
    public void Look(long nowNs)
    {
        if (nowNs / LengthNs > _window) Turn(nowNs / LengthNs);
    }

    /// <summary>Writes what there is.</summary>
    public void Complete() => Turn(_window + 1);

    private void Turn(long window)
    {
        foreach (((Endpoint server, IpAddress client, string operation), Sketched sketch) in _sketches)
        {
            output.Add(_window * LengthNs);
            output.AddName(server.ToString());
            output.AddName(client.ToString());
            output.AddName(operation);
            output.Add(sketch.Count);
            output.Add(sketch.Failed);
            output.Add(sketch.Took.SumNs);
            output.AddName(sketch.Took.ToString());
            output.EndRow();
        }

        _sketches.Clear();
        _window = window;
    }

    private sealed class Sketched
    {
        public LatencySketch Took { get; } = new();

        public long Count { get; set; }

        public long Failed { get; set; }
    }
}

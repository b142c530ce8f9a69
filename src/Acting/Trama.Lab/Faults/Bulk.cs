using System.Text.Json.Nodes;
using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>A large transfer in one direction, which a fault of the path meets.</summary>
/// <param name="Way">The direction of the data.</param>
/// <param name="Bytes">How many.</param>
/// <param name="Exchanges">A few small exchanges, then the transfer.</param>
internal sealed record Bulk(Direction Way, int Bytes, Exchange[] Exchanges)
{
    private const int SegmentPayload = 1400;

    /// <summary>The direction in words.</summary>
    public string Word => Way == Direction.ToServer ? "upload" : "download";

    /// <summary>How many segments the small exchanges before it have in that direction.</summary>
    public int SegmentsBefore => Exchanges.Length - 1;

    /// <summary>About how many segments the transfer has.</summary>
    public int Segments => Bytes / SegmentPayload;

    /// <summary>Draws a transfer.</summary>
    public static Bulk Draw(Dice dice, int least = 120_000, int most = 350_000)
    {
        Direction way = dice.Pick(Direction.ToServer, Direction.ToClient);
        int bytes = dice.Between(least, most);
        Exchange[] before = Dialogue.Small(dice, dice.Between(0, 2));
        Exchange bulk = way == Direction.ToServer ? new Exchange(bytes, 44) : new Exchange(44, bytes);
        return new Bulk(way, bytes, [.. before, bulk]);
    }

    /// <summary>A plan around the transfer. The receiver's view is the server's for an upload.</summary>
    public Plan Plan(string label, string? kind, Surroundings around, View sender, View receiver) => new()
    {
        Label = label,
        Kind = kind,
        Party = "network",
        Description = "",
        Around = around.WithOptions(),
        FromClient = Way == Direction.ToServer ? sender : receiver,
        FromServer = Way == Direction.ToServer ? receiver : sender,
        Repeats = true,
        EndsWell = true,
        Parameters = Described(),
        Server = server => Dialogue.ServeAll(server.Accept(), Exchanges),
        Client = client => Dialogue.AskAll(client.Connect(), Exchanges),
        Checks = _ => [],
    };

    /// <summary>The parameters of the transfer, and others.</summary>
    public JsonObject Described(params ReadOnlySpan<(string Name, JsonNode? Value)> others)
    {
        var parameters = new JsonObject { ["direction"] = Way == Direction.ToServer ? "up" : "down", ["bytes"] = Bytes };
        foreach ((string name, JsonNode? value) in others) parameters[name] = value;
        return parameters;
    }

    /// <summary>What the sender sent.</summary>
    public Tally Sent(Evidence seen) => seen.Wire.Sent[(int)Way];

    /// <summary>What arrived.</summary>
    public Tally Got(Evidence seen) => seen.Wire.Arrived[(int)Way];
}

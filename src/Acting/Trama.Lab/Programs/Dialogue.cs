namespace Trama.Lab.Programs;

/// <summary>Ordinary conversations: requests and replies in turn.</summary>
internal static class Dialogue
{
    /// <summary>A few small exchanges, answered within 3 ms.</summary>
    public static Exchange[] Small(Dice dice, int count) =>
        [.. Enumerable.Range(0, count)
            .Select(_ => new Exchange(dice.Between(20, 600), dice.Between(20, 1200), dice.Between(0.0003, 0.003)))];

    /// <summary>The server's part.</summary>
    /// <returns>False when the client ended before.</returns>
    public static bool Serve(Talk talk, params ReadOnlySpan<Exchange> exchanges)
    {
        foreach (Exchange exchange in exchanges)
        {
            if (!talk.Read(exchange.Request)) return false;
            Sleep(exchange.Think);
            talk.Write(exchange.Reply, talk.Log.ToServer.Messages.Count);
        }

        return true;
    }

    /// <summary>The client's part.</summary>
    /// <returns>False when the server ended before.</returns>
    public static bool Ask(Talk talk, params ReadOnlySpan<Exchange> exchanges)
    {
        foreach (Exchange exchange in exchanges)
        {
            Sleep(exchange.Pause);
            talk.Write(exchange.Request);
            if (talk.Read(exchange.Reply)) continue;
            talk.Outcome = "closed-by-peer";
            return false;
        }

        return true;
    }

    /// <summary>The server's part to the end: it closes after the client.</summary>
    public static void ServeAll(Talk talk, params ReadOnlySpan<Exchange> exchanges)
    {
        if (Serve(talk, exchanges)) talk.ReadToEnd();
        talk.Close();
    }

    /// <summary>The client's part to the end: it closes first.</summary>
    public static void AskAll(Talk talk, params ReadOnlySpan<Exchange> exchanges)
    {
        Ask(talk, exchanges);
        talk.Close();
    }

    /// <summary>Waits.</summary>
    public static void Sleep(double seconds)
    {
        if (seconds > 0) Thread.Sleep(TimeSpan.FromSeconds(seconds));
    }
}

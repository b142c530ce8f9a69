namespace Trama.Dump.Link.Wireless;

/// <summary>Prints which action a frame asks for (IEEE 802.11 section 9.6).</summary>
internal static class ActionFrame
{
    private const int BlockAcknowledgment = 3, HighThroughput = 7, Mesh = 13, Multihop = 14, SelfProtected = 15;

    private static readonly string[] MeshActions =
    [
        "MeshLink", "HWMP", "Gate Announcement", "Congestion Control", "MCCA Setup Request", "MCCA Setup Reply",
        "MCCA Advertisement Request", "MCCA Advertisement", "MCCA Teardown", "TBTT Adjustment Request", "TBTT Adjustment Response",
    ];

    private static readonly string?[] ProtectedActions =
        [null, "Peering Open", "Peering Confirm", "Peering Close", "Group Key Inform", "Group Key Acknowledge"];

    /// <summary>Prints an action; false when the frame ends too early.</summary>
    public static bool Print(Dissection d, PacketBytes frame, PacketBytes body, int length)
    {
        if (!body.Has(2) || length < 2) return false;
        if (d.Options.LinkLayer) d.Print($": ");
        else d.Print($" ({WirelessPrinter.Address(frame, 2):m}): ");
        int category = body.U8(0), action = body.U8(1);
        d.Print($"{CategoryName(category) ?? $"Reserved({category})"} {ActionName(category, action) ?? $"Act#{action}"}");
        return true;
    }

    private static string? CategoryName(int category) => category switch
    {
        0 => "Spectrum Management",
        1 => "QoS",
        2 => "DLS",
        BlockAcknowledgment => "BA",
        HighThroughput => "HT",
        Mesh => "MeshAction",
        Multihop => "MultiohopAction",
        SelfProtected => "SelfprotectAction",
        127 => "Vendor",
        _ => null,
    };

    private static string? ActionName(int category, int action)
    {
        ReadOnlySpan<string?> names = category switch
        {
            BlockAcknowledgment => ["ADDBA Request", "ADDBA Response", "DELBA"],
            HighThroughput => ["TxChWidth", "MIMOPwrSave"],
            Mesh => MeshActions,
            Multihop => ["Proxy Update", "Proxy Update Confirmation"],
            SelfProtected => ProtectedActions,
            _ => [],
        };
        return action < names.Length ? names[action] : null;
    }
}

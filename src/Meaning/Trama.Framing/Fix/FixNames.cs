namespace Trama.Framing.Fix;

/// <summary>The names of message types and of an order's states (FIX 5.0 SP2, fields 35 and 39).</summary>
internal static class FixNames
{
    /// <summary>A message type; empty for one that is not among these.</summary>
    public static ReadOnlySpan<byte> Type(ReadOnlySpan<byte> type) => type.Length switch
    {
        1 => Type(type[0]),
        2 when type[0] == 'A' => type[1] switch
        {
            (byte)'A' => "DerivativeSecurityList"u8,
            (byte)'B' => "NewOrderMultileg"u8,
            (byte)'C' => "MultilegOrderCancelReplace"u8,
            (byte)'D' => "TradeCaptureReportRequest"u8,
            (byte)'E' => "TradeCaptureReport"u8,
            (byte)'F' => "OrderMassStatusRequest"u8,
            (byte)'G' => "QuoteRequestReject"u8,
            (byte)'I' => "QuoteStatusReport"u8,
            (byte)'N' => "RequestForPositions"u8,
            (byte)'P' => "PositionReport"u8,
            (byte)'Q' => "TradeCaptureReportRequestAck"u8,
            (byte)'R' => "TradeCaptureReportAck"u8,
            _ => default,
        },
        2 when type[0] == 'B' => type[1] switch
        {
            (byte)'E' => "UserRequest"u8,
            (byte)'F' => "UserResponse"u8,
            _ => default,
        },
        _ => default,
    };

    /// <summary>The state of an order; empty for an unknown one.</summary>
    public static ReadOnlySpan<byte> OrderStatus(ReadOnlySpan<byte> status) => status is not [var one] ? default : one switch
    {
        (byte)'0' => "New"u8,
        (byte)'1' => "Partially filled"u8,
        (byte)'2' => "Filled"u8,
        (byte)'3' => "Done for day"u8,
        (byte)'4' => "Canceled"u8,
        (byte)'5' => "Replaced"u8,
        (byte)'6' => "Pending Cancel"u8,
        (byte)'7' => "Stopped"u8,
        (byte)'8' => "Rejected"u8,
        (byte)'9' => "Suspended"u8,
        (byte)'A' => "Pending New"u8,
        (byte)'C' => "Expired"u8,
        (byte)'E' => "Pending Replace"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> Type(byte type) => type switch
    {
        (byte)'0' => "Heartbeat"u8,
        (byte)'1' => "TestRequest"u8,
        (byte)'2' => "ResendRequest"u8,
        (byte)'3' => "Reject"u8,
        (byte)'4' => "SequenceReset"u8,
        (byte)'5' => "Logout"u8,
        (byte)'6' => "IOI"u8,
        (byte)'7' => "Advertisement"u8,
        (byte)'8' => "ExecutionReport"u8,
        (byte)'9' => "OrderCancelReject"u8,
        (byte)'A' => "Logon"u8,
        (byte)'B' => "News"u8,
        (byte)'C' => "Email"u8,
        (byte)'D' => "NewOrderSingle"u8,
        (byte)'E' => "NewOrderList"u8,
        (byte)'F' => "OrderCancelRequest"u8,
        (byte)'G' => "OrderCancelReplaceRequest"u8,
        (byte)'H' => "OrderStatusRequest"u8,
        (byte)'J' => "AllocationInstruction"u8,
        (byte)'Q' => "DontKnowTrade"u8,
        (byte)'R' => "QuoteRequest"u8,
        (byte)'S' => "Quote"u8,
        (byte)'V' => "MarketDataRequest"u8,
        (byte)'W' => "MarketDataSnapshotFullRefresh"u8,
        (byte)'X' => "MarketDataIncrementalRefresh"u8,
        (byte)'Y' => "MarketDataRequestReject"u8,
        (byte)'Z' => "QuoteCancel"u8,
        (byte)'c' => "SecurityDefinitionRequest"u8,
        (byte)'d' => "SecurityDefinition"u8,
        (byte)'f' => "SecurityStatus"u8,
        (byte)'g' => "TradingSessionStatusRequest"u8,
        (byte)'h' => "TradingSessionStatus"u8,
        (byte)'i' => "MassQuote"u8,
        (byte)'j' => "BusinessMessageReject"u8,
        (byte)'q' => "OrderMassCancelRequest"u8,
        (byte)'r' => "OrderMassCancelReport"u8,
        (byte)'x' => "SecurityListRequest"u8,
        (byte)'y' => "SecurityList"u8,
        _ => default,
    };
}

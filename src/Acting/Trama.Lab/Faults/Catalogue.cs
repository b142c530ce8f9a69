using Trama.Lab.Experiments;

namespace Trama.Lab.Faults;

/// <summary>Every fault that the lab can make, by label, with one way to draw each of its kinds; the first is the plainest.</summary>
internal static class Catalogue
{
    /// <summary>The kinds of each label.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Func<Dice, Plan>>> Labels { get; } =
        new Dictionary<string, IReadOnlyList<Func<Dice, Plan>>>
        {
            [Clean.Label] =
            [
                Clean.Single, Clean.Many, Clean.Bulk, Clean.Idle, Clean.ServerFirst, Clean.HalfClose,
                CleanTraffic.Pipelined, CleanTraffic.Pushes, CleanTraffic.Short, CleanTraffic.ClosedWhenIdle,
                CleanTraffic.Typed, CleanTraffic.Mirrored, CleanTraffic.OneSided,
            ],
            [ConnectionRefused.Label] = [ConnectionRefused.Draw, ConnectionRefused.Storm],
            [ConnectionFiltered.Label] = [ConnectionFiltered.Path, ConnectionFiltered.ReturnPath, ConnectionFiltered.Host,
                ConnectionFiltered.GivenUp],
            [ConnectionRejectedByIcmp.Label] = [ConnectionRejectedByIcmp.Router, ConnectionRejectedByIcmp.Host],
            [BacklogOverflow.Label] = [BacklogOverflow.Stuck, BacklogOverflow.Drains],
            [Resets.ByServer] = [Resets.NoReply, Resets.MidReply, Resets.Idle],
            [Resets.ByClient] = [Resets.AfterRequest, Resets.MidRead],
            [ResetOnUnreadData.Label] = [ResetOnUnreadData.Upload, ResetOnUnreadData.Trailing],
            [MiddleboxReset.Label] = [MiddleboxReset.Forward, MiddleboxReset.Swallow],
            [WithoutReply.Closed] = [WithoutReply.Close],
            [WithoutReply.Silent] = [WithoutReply.Wait],
            [PeerVanished.Label] = [PeerVanished.ServerHost, PeerVanished.ClientHost, PeerVanished.PathCut],
            [Slowness.OfServer] = [Slowness.Server],
            [Slowness.OfClient] = [Slowness.Pauses, Slowness.Dribble],
            [Slowness.OfNetwork] = [Slowness.Network],
            [PacketLoss.Label] = [PacketLoss.Single, PacketLoss.Random, PacketLoss.Tail],
            [Disorder.Reordering] = [Disorder.Overtaking],
            [Disorder.Duplication] = [Disorder.Copies, Disorder.EveryPacketTwice],
            [Windows.Zero] = [Windows.ServerStops, Windows.ClientStops],
            [Windows.Limited] = [Windows.SmallAtServer, Windows.SmallAtClient],
            [NagleDelayedAck.Label] = [NagleDelayedAck.Client, NagleDelayedAck.Server],
            [MtuBlackHole.Label] = [MtuBlackHole.Up, MtuBlackHole.Down],
            [RateLimited.Label] = [RateLimited.Shaper, RateLimited.Droptail, RateLimited.Policer],
            [MessageBoundaries.Split] = [MessageBoundaries.Large, MessageBoundaries.Gap],
            [MessageBoundaries.Coalesced] = [MessageBoundaries.Nagle, MessageBoundaries.Joined],
            [KeepaliveFailure.Label] = [KeepaliveFailure.ClientProbes, KeepaliveFailure.ServerProbes],
            [SynFlood.Label] = [SynFlood.Cookies, SynFlood.NoCookies],
            [Applications.Errors] = [Applications.ServerErrors, Applications.ClientErrors],
            [Applications.SlowHandshake] = [Applications.SlowHello, Applications.SlowClient, Applications.SlowFinish],
            [Applications.Alert] = [Applications.RefusedHello, Applications.RefusedCertificate],
            [Idleness.Race] = [Idleness.Crossing],
            [Idleness.Timeout] = [Idleness.Reset, Idleness.Swallowed],
            [Knocking.Scan] = [Knocking.Ports],
            [Knocking.NoGreeting] = [Knocking.Closed],
            [Openings.HalfOpen] = [Openings.Unanswered],
            [Openings.FastOpen] = [Openings.Early],
            [Numbers.Collision] = [Numbers.SamePort],
            [Numbers.TranslationLost] = [Numbers.OtherPort],
            [Numbers.Exceeded] = [Numbers.BeyondTheWindow],
            [BadPaths.MtuIgnored] = [BadPaths.NarrowUp, BadPaths.NarrowDown],
            [BadPaths.Outage] = [BadPaths.Broken],
            [Endings.PortReuse] = [Endings.SamePort],
            [Endings.Simultaneous] = [Endings.AtOnce],
        };
}

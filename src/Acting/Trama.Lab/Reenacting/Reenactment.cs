using System.Net;
using Trama.Lab.Experiments;
using Trama.Lab.Hosts;
using Trama.Lab.Paths;
using Trama.Lab.Programs;
using Trama.Namespaces;

namespace Trama.Lab.Reenacting;

/// <summary>Has a conversation again, between two hosts made for it.</summary>
public static class Reenactment
{
    /// <summary>Plays a scene, and captures it at both hosts.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="folder">Where <c>client.pcap</c> and <c>server.pcap</c> are written; it is there.</param>
    /// <exception cref="NamespaceException">The lab cannot be set up here.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Run(Scene scene, string folder)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var serverAddress = new IPAddress([198, 51, 100, 2]);
        var knocks = new Knocks(scene, serverAddress,
            [new PathWords(scene.Errors, scene.Resets), new RecordedFates(scene.Fates, scene.CutNs)]);
        List<IObstacle> obstacles = [knocks];
        if (scene.BitsPerSecond is { } rate) obstacles.Add(new SharedRate(rate));
        var around = new Surroundings
        {
            RttMs = scene.RoundTripNs / 1e6,
            JitterMs = scene.JitterNs / 1e6,
            Hops = 1,
            Port = scene.Port,
            ClientAddress = new IPAddress([192, 0, 2, 1]),
            ServerAddress = serverAddress,
            ClientHost = Settings(scene.Client),
            ServerHost = Settings(scene.Server),
        };
        new Experiment(Plan(scene, around, obstacles, knocks), new Dice(1, plain: true)).Run(folder, "again");
    }

    private static Plan Plan(Scene scene, Surroundings around, List<IObstacle> obstacles, Knocks knocks) => new()
    {
        Label = "again",
        Party = "none",
        Description = "A conversation that was captured, had again.",
        Around = around,
        FromClient = View.None,
        FromServer = View.None,
        Obstacles = obstacles,
        Beginning = knocks.Begin,
        Repeats = true,
        ClientBuffer = scene.Client.ReceiveBuffer,
        ServerBuffer = scene.Server.ReceiveBuffer,
        Tail = 0,
        // Nobody waits for a server that was never reached.
        Vanishes = Direction.ToClient,
        Checks = _ => [],
        Server = server =>
        {
            if (scene.OnlyKnocks) server.Listen();
            else if (scene.Listens) new ScenePlayer(server.Accept(), scene.Server, scene.LengthNs, server.Start).Play();
        },
        Client = client =>
        {
            try
            {
                Thread.Sleep(Span(knocks.LeadNs));
                if (scene.OnlyKnocks)
                {
                    Thread.Sleep(Span(scene.LengthNs));
                    return;
                }

                Talk talk = client.Connect(Span(Math.Max(TimeSpan.NanosecondsPerTick, scene.LengthNs)));
                new ScenePlayer(talk, scene.Client, scene.LengthNs, client.Start).Play();
            }
            finally
            {
                // What is open stays so in the captures, whatever the kernels say when the hosts are taken down.
                client.Link.Vanish(Direction.ToServer);
                client.Link.Vanish(Direction.ToClient);
            }
        },
    };

    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static HostSettings Settings(SceneSide side) => new()
    {
        Mtu = side.Mtu,
        Timestamps = side.Timestamps,
        WindowScaling = side.WindowScaling,
        SelectiveAcknowledgements = side.SelectiveAcknowledgements,
    };
}

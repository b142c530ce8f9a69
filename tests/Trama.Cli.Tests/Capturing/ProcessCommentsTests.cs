using CsCheck;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Tests.Capturing;

public class ProcessCommentsTests
{
    private static readonly SideProcess Java = new()
    {
        Ids = [4711],
        Command = "java",
        Program = "/usr/bin/java",
        CommandLine = "java -jar shop.jar: 1",
        User = "ana",
        Container = "docker://3f4a52e1c07b",
        Pod = "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
    };

    [Fact]
    public void A_process_is_read_as_it_was_written()
    {
        foreach (SideProcess process in (SideProcess[])[Java, Java with { Container = "3f4a" },
            Java with { User = null, Container = null, Pod = null }])
            AssertEqual(process, ProcessComments.Parse([.. ProcessComments.Of(process)]));
        Assert.Empty(ProcessComments.Of(null));
        Assert.Empty(ProcessComments.Of(new SideProcess { User = "ana" }));
    }

    [Fact]
    public void What_a_process_calls_itself_is_no_line_of_its_own()
    {
        SideProcess liar = Java with { CommandLine = "x\nUser: root\r\nContainerId: none", Program = "/tmp/a\nPID: 1" };
        SideProcess read = ProcessComments.Parse([.. ProcessComments.Of(liar)])!;
        Assert.Equal([4711], read.Ids);
        Assert.Equal(("ana", Java.Container), (read.User, read.Container));
        Assert.Equal("x User: root  ContainerId: none", read.CommandLine);
    }

    [Fact]
    public void Other_programs_write_more_and_in_another_order()
    {
        SideProcess? read = ProcessComments.Parse([
            "ThreadId: 12\nThreadName: curl", "ParentPID: 5\nParentCmd: /usr/bin/bash\nParentArgs: -bash",
            "PID: 122868\nCmd: /usr/bin/curl\nArgs: curl kernel.com", "UserId: 1000\nGroupId: 1000",
            "ContainerName: shop\nContainerId: abc\nContainerImage: i\nContainerLabels: {}",
            "PodName: shop\nPodNamespace: default\nPodUID: u\nPodLabels: {}\nPodAnnotations: {}"]);
        var expected = new SideProcess
        {
            Ids = [122868],
            Command = "curl",
            Program = "/usr/bin/curl",
            CommandLine = "curl kernel.com",
            User = "1000",
            Container = "abc",
            Pod = "u",
        };
        AssertEqual(expected, read);
        Assert.Null(ProcessComments.Parse(["a comment"]));
        Assert.Null(ProcessComments.Parse(["PID: -1"]));
        Assert.Null(ProcessComments.Parse([]));
    }

    [Fact]
    public void No_comment_is_too_strange() => Gen.Select(Gen.String.Array[0, 3], Gen.String).Sample((comments, rest) =>
    {
        if (ProcessComments.Parse([.. comments, "PID: 7\n" + rest]) is { } process) Assert.Single(process.Ids);
    });

    [Theory, InlineData(CaptureDirection.In), InlineData(CaptureDirection.Out), InlineData(CaptureDirection.Both)]
    public void Notes_are_read_as_they_were_written(CaptureDirection direction) => Gen.String.Array[0, 4].Sample(texts =>
    {
        string[] comments = [.. texts.Where(text => text.Length > 0)];
        var read = new List<string>();
        Assert.Equal(direction, PacketNotes.Read(new RecordNotes(PacketNotes.Write(comments, direction), isBigEndian: false), read));
        Assert.Equal(comments.Select(comment => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(comment))), read);
    });

    [Fact]
    public void No_notes_are_too_strange() => Gen.Select(Gen.Byte.Array[0, 100], Gen.Bool).Sample((bytes, isBigEndian) =>
    {
        var read = new List<string>();
        PacketNotes.Read(new RecordNotes(bytes, isBigEndian), read);
        Assert.True(read.Count <= bytes.Length / 4);
    });

    private static void AssertEqual(SideProcess expected, SideProcess? read)
    {
        Assert.Equal(expected.Ids, read?.Ids);
        Assert.Equal(expected with { Ids = [] }, read! with { Ids = [] });
    }
}

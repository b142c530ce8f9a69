using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tests.Mongodb;

/// <summary>Writes messages and documents of MongoDB's protocol.</summary>
internal static class MongodbMessages
{
    public const int Msg = 2013;

    public static byte[] Message(int id, int responseTo, int opcode, params byte[] body) =>
        [.. Int(16 + body.Length), .. Int(id), .. Int(responseTo), .. Int(opcode), .. body];

    /// <summary>OP_MSG with one document.</summary>
    public static byte[] Command(int id, byte[] document, int flags = 0) => Message(id, 0, Msg, [.. Int(flags), 0, .. document]);

    /// <summary>OP_MSG that answers.</summary>
    public static byte[] Answer(int id, int responseTo, byte[] document, int flags = 0) =>
        Message(id, responseTo, Msg, [.. Int(flags), 0, .. document]);

    /// <summary>OP_REPLY with documents.</summary>
    public static byte[] Reply(int id, int responseTo, int flags, params byte[][] documents) =>
        Message(id, responseTo, 1, [.. Int(flags), .. new byte[12], .. Int(documents.Length), .. documents.SelectMany(one => one)]);

    /// <summary>OP_QUERY.</summary>
    public static byte[] Query(int id, string collection, byte[] document) =>
        Message(id, 0, 2004, [.. Int(0), .. Encoding.UTF8.GetBytes(collection), 0, .. Int(0), .. Int(-1), .. document]);

    /// <summary>OP_COMPRESSED of a body.</summary>
    public static byte[] Compressed(int id, int responseTo, byte kind, int length, byte[] compressed) =>
        Message(id, responseTo, 2012, [.. Int(Msg), .. Int(length), kind, .. compressed]);

    /// <summary>A document; an array where a value is one.</summary>
    public static byte[] Document(params (string Name, object Value)[] elements)
    {
        byte[] body = [.. elements.SelectMany(element => Element(element.Name, element.Value)), 0];
        return [.. Int(4 + body.Length), .. body];
    }

    public static byte[] Int(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static byte[] Element(string name, object value)
    {
        byte[] key = [.. Encoding.UTF8.GetBytes(name), 0];
        return value switch
        {
            string text => [2, .. key, .. Int(Encoding.UTF8.GetByteCount(text) + 1), .. Encoding.UTF8.GetBytes(text), 0],
            int number => [16, .. key, .. Int(number)],
            long number => [18, .. key, .. BitConverter.GetBytes(number)],
            double number => [1, .. key, .. BitConverter.GetBytes(number)],
            bool flag => [8, .. key, flag ? (byte)1 : (byte)0],
            byte[] document => [3, .. key, .. document],
            byte[][] documents => [4, .. key, .. Document([.. documents.Select((one, index) => ($"{index}", (object)one))])],
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
    }
}

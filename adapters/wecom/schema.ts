import { z } from 'zod'
import { personId } from '../../src/model/person-id.ts'

/** The platform's name in addresses and identities. */
export const WECOM = 'wecom'
/** Groups are reached by robots, which are a platform of their own: it knows no people. */
export const WECOM_ROBOT = 'wecom-robot'

/** Every answer carries these two; `errmsg` is a hint for people and never read by the program. */
export const Outcome = z.looseObject({ errcode: z.number().int(), errmsg: z.string().optional() })

export const TokenAnswer = z.object({
  access_token: z.string().min(1).max(512),
  expires_in: z.number().int().positive(),
})

/** `a|b` in the answer of `message/send`, a list in that of `update_template_card`; absent and empty are the same. */
const Users = z
  .union([z.string().transform((text) => text.split('|').filter((one) => one !== '')), z.array(z.string())])
  .default([])

export const SendAnswer = z.object({
  msgid: z.string().default(''),
  response_code: z.string().min(1).optional(),
  invaliduser: Users,
  unlicenseduser: Users,
})

export const UpdateAnswer = z.object({ invaliduser: Users })

export const UploadAnswer = z.object({ media_id: z.string().min(1) })

export const DepartmentsAnswer = z.object({
  department: z.array(
    z.object({
      id: z.number().int(),
      parentid: z.number().int(),
      /** Absent where the company shows the app no names. */
      name: z.string().default(''),
    }),
  ),
})

/** One member as the address book shows it to an app. Ids are compared without regard to case. */
export const Member = z.object({
  userid: z.string().min(1).transform(wecomUser),
  name: z.string(),
  department: z.array(z.number().int()).default([]),
  /** One entry a department, in the same order: 1 for its leader. */
  is_leader_in_dept: z.array(z.number().int()).default([]),
  main_department: z.number().int().optional(),
  /** 1 active, 2 disabled, 4 not activated, 5 left. */
  status: z.number().int().default(1),
})
export type Member = z.infer<typeof Member>

export const MembersAnswer = z.object({ userlist: z.array(Member) })

/** What a sent card needs to be changed later. A code works once and for 72 hours. */
export const CardToken = z.strictObject({
  code: z.string().min(1),
  user: z.string().min(1),
  task: z.string().min(1),
  at: z.number(),
})
export type CardToken = z.infer<typeof CardToken>

/** A member's id in one spelling. */
export function wecomUser(id: string): string {
  return personId(WECOM, id)
}

/** Members for whom customer contact (客户联系) is switched on. */
export const FollowUsersAnswer = z.object({ follow_user: z.array(z.string().min(1).transform(wecomUser)) })

const FollowInfo = z.object({
  userid: z.string().min(1).transform(wecomUser),
  remark: z.string().default(''),
  /** Seconds. */
  createtime: z.number().int().default(0),
  remark_corp_name: z.string().default(''),
  remark_mobiles: z.array(z.string()).default([]),
  /** Tags of the company only; the names stand in a list of their own. */
  tag_id: z.array(z.string()).default([]),
  /** How they found each other; new numbers may come. */
  add_way: z.number().int().optional(),
})

/** One page of customers; it may be short or empty while there is a cursor. Ids of customers keep their case. */
export const CustomersAnswer = z.object({
  external_contact_list: z
    .array(
      z.object({
        external_contact: z.object({
          external_userid: z.string().min(1),
          name: z.string().default(''),
          corp_name: z.string().default(''),
        }),
        follow_info: FollowInfo,
      }),
    )
    .default([]),
  next_cursor: z.string().default(''),
})
export type CustomersPage = z.infer<typeof CustomersAnswer>

export const TagsAnswer = z.object({
  tag_group: z.array(z.object({ tag: z.array(z.object({ id: z.string(), name: z.string() })).default([]) })),
})

/** One entry a day. `reply_percentage` and `avg_reply_time` (minutes) are absent on a day without chats. */
export const BehaviourAnswer = z.object({
  behavior_data: z
    .array(
      z.object({
        stat_time: z.number().int(),
        chat_cnt: z.number().int().optional(),
        message_cnt: z.number().int().optional(),
        reply_percentage: z.number().optional(),
        avg_reply_time: z.number().optional(),
        negative_feedback_cnt: z.number().int().optional(),
      }),
    )
    .default([]),
})
export type BehaviourDay = z.infer<typeof BehaviourAnswer>['behavior_data'][number]

/** Encrypted ids of members; one that was plain already comes back as invalid. */
export const UserIdsAnswer = z.object({
  userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string().min(1).transform(wecomUser) })),
})

/** Somebody outside the company has an `openid` in place of a `userid`. */
export const LoginAnswer = z.object({ userid: z.string().min(1).transform(wecomUser).optional() })
